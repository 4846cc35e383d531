// What a source is: one kind of host, read synchronously in the collection worker.

import type { OperatingSystem, Snapshot } from '../model/snapshot.ts';

/** What of a host is to be read. What nobody wants is not asked for: its part is absent. */
export interface SourceOptions {
  /** The socket tables. */
  readonly tables: boolean;
  /** The owners of the endpoints, by process id and name. Needs tables. */
  readonly processes: boolean;
  /** The services, or systemd units, of the owning processes. Needs processes. */
  readonly services: boolean;
  /** The images, by imageKey, of whose owning processes the command lines are read. Needs processes. */
  readonly commandLinesOf: ReadonlySet<string>;
  readonly statistics: boolean;
  readonly ephemeralRange: boolean;
}

export interface Source {
  readonly os: OperatingSystem;
  /**
   * The OS's own id of this installation, read once, when the source is opened: 32 hexadecimal digits on Linux, a GUID's
   * text on Windows, in lower case. Undefined where it cannot be read, and for a recording, which is of another host.
   */
  readonly machineId: string | undefined;
  /**
   * Reads everything once. Blocks; never throws: what could not be read is an error in the snapshot's parts.
   * `spent` is the snapshot of the read before, if nobody looks at it any more: its tables' memory may be used again. Fresh
   * memory is in no cache, and what is not used again waits for a garbage collector that thinks it small.
   */
  read(spent?: Snapshot): Snapshot;
  /** Gives back what the source holds open. It is not read again. */
  close(): void;
}
