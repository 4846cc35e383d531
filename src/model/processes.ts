// The processes of a host, as far as the metrics name them.

export interface Process {
  readonly pid: number;
  /** Image name as the OS gives it (`svchost.exe`), on Linux the base name of the executable. Other people's input: not cleaned here. */
  readonly name: string;
  /** Windows services hosted by the process, or its systemd unit; sorted, empty where none. */
  readonly services: readonly string[];
  /** The arguments with blanks between them. Only of images that were asked for, and absent where it may not be read. */
  readonly commandLine?: string;
}

/** Images are told apart as Windows does it, whatever the case of their names. */
export function imageKey(name: string): string {
  return name.toLowerCase();
}

/** By process id. A process that is not in the map has left, or may not be looked into. */
export type Processes = ReadonlyMap<number, Process>;
