// Counts of endpoints by owning process: an open-addressed table from process id to a row of counters.

import { TCP_STATES } from '../model/states.ts';

/** A row has a counter for each TCP state, then these two. */
export const UDP_COLUMN = TCP_STATES.length;
/** UDP endpoints outside the ephemeral range: those that wait for others, as a TCP listener does. */
export const UDP_LISTENER_COLUMN = UDP_COLUMN + 1;
const COLUMNS = UDP_LISTENER_COLUMN + 1;

const INITIAL_SLOTS = 256;
/** Beyond this share of used slots, probing gets long. */
const MAX_LOAD = 0.5;
/** Multiplier of Fibonacci hashing: 2^32 divided by the golden ratio. Process ids on Windows are multiples of 4, which a plain mask would pile up. */
const HASH_MULTIPLIER = 0x9e37_79b1;

/** Grows with the number of owning processes, which the OS limits; made anew for every collection. */
export class PidCounts {
  /** One row after the other, in the order in which the processes were first met. Replaced when it grows: read it again after `rowOf`. */
  counters = new Uint32Array(INITIAL_SLOTS * MAX_LOAD * COLUMNS);
  readonly #pids: number[] = [];
  /** Row number plus one by slot; 0 is free. */
  #slots = new Uint32Array(INITIAL_SLOTS);

  /** Where in `counters` the row of a process begins; it is made when there is none. */
  rowOf(pid: number): number {
    const mask = this.#slots.length - 1;
    let slot = (Math.imul(pid, HASH_MULTIPLIER) >>> 8) & mask;
    for (;;) {
      const row = (this.#slots[slot] as number) - 1;
      if (row < 0) return this.#add(pid, slot);
      if (this.#pids[row] === pid) return row * COLUMNS;
      slot = (slot + 1) & mask;
    }
  }

  /** Calls back once for each process, with its row of counters. */
  forEach(visit: (pid: number, counters: Uint32Array) => void): void {
    for (const [row, pid] of this.#pids.entries()) {
      visit(pid, this.counters.subarray(row * COLUMNS, (row + 1) * COLUMNS));
    }
  }

  #add(pid: number, slot: number): number {
    if (this.#pids.length >= this.#slots.length * MAX_LOAD) {
      this.#grow();
      return this.rowOf(pid);
    }
    this.#slots[slot] = this.#pids.push(pid);
    return (this.#pids.length - 1) * COLUMNS;
  }

  #grow(): void {
    const counters = new Uint32Array(this.counters.length * 2);
    counters.set(this.counters);
    this.counters = counters;
    const pids = this.#pids.splice(0);
    this.#slots = new Uint32Array(this.#slots.length * 2);
    for (const pid of pids) this.rowOf(pid);
  }
}
