// What was read of a process, remembered as long as it is the same process and asked for.

import type { ProcessIdentity } from './process-files.ts';

interface Entry<Value> {
  readonly identity: ProcessIdentity;
  readonly value: Value;
}

/**
 * Remembers one value for each process. Keeps nothing of processes that were left out of the last question, and does
 * not remember that there was no value: a process that is just being started may have one the next time.
 */
export class ProcessMemory<Value> {
  readonly #read: (identity: ProcessIdentity) => Value | undefined;
  #entries: ReadonlyMap<number, Entry<Value>> = new Map();

  constructor(read: (identity: ProcessIdentity) => Value | undefined) {
    this.#read = read;
  }

  /** The values that these processes have, by pid. Reads those that are new, or run another program than before. */
  values(processes: ReadonlyMap<number, ProcessIdentity>): ReadonlyMap<number, Value> {
    const entries = new Map<number, Entry<Value>>();
    const values = new Map<number, Value>();
    for (const [pid, identity] of processes) {
      const value = this.#known(identity) ?? this.#read(identity);
      if (value === undefined) continue;
      entries.set(pid, { identity, value });
      values.set(pid, value);
    }
    this.#entries = entries;
    return values;
  }

  #known(identity: ProcessIdentity): Value | undefined {
    const entry = this.#entries.get(identity.pid);
    return entry !== undefined && isSameProgram(entry.identity, identity) ? entry.value : undefined;
  }
}

function isSameProgram(one: ProcessIdentity, other: ProcessIdentity): boolean {
  return one.startTime === other.startTime && one.command === other.command;
}
