// What was read of a process, remembered as long as it is the same process and asked for.

import type { ProcessIdentity } from './process-files.ts';

interface Entry<Value> {
  readonly identity: ProcessIdentity;
  readonly value: Value;
}

/** Remembers one value for each process. Keeps nothing of processes that were left out of the last question. */
export class ProcessMemory<Value> {
  readonly #read: (identity: ProcessIdentity) => Value;
  #entries: ReadonlyMap<number, Entry<Value>> = new Map();

  constructor(read: (identity: ProcessIdentity) => Value) {
    this.#read = read;
  }

  /** The values of all these processes, by pid. Reads those that are new, or run another program than before. */
  values(processes: ReadonlyMap<number, ProcessIdentity>): ReadonlyMap<number, Value> {
    const entries = new Map<number, Entry<Value>>();
    const values = new Map<number, Value>();
    for (const [pid, identity] of processes) {
      const known = this.#entries.get(pid);
      const value = known && isSameProgram(known.identity, identity) ? known.value : this.#read(identity);
      entries.set(pid, { identity, value });
      values.set(pid, value);
    }
    this.#entries = entries;
    return values;
  }
}

function isSameProgram(one: ProcessIdentity, other: ProcessIdentity): boolean {
  return one.startTime === other.startTime && one.command === other.command;
}
