// What the service commands are asked for, and what they say was done.

export interface ServiceDefinition {
  /** At most 256 characters, no slash and no backslash. */
  readonly name: string;
  /** What services.msc shows; at most 256 characters. */
  readonly displayName: string;
  readonly description: string;
  /** The program, by its full path, and its arguments, not yet quoted. */
  readonly executable: string;
  readonly args: readonly string[];
}

/** Which service, and the program that it starts when it is ours. */
export type ServiceProgram = Pick<ServiceDefinition, 'name' | 'executable'>;

/** One line of text for each thing. */
export interface Done {
  /** What was done; empty: all was so already. */
  readonly changes: readonly string[];
  /** What Windows refused, though the service works without it. */
  readonly problems: readonly string[];
}

export const NOTHING_DONE: Done = { changes: [], problems: [] };
