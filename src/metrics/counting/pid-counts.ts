// Counts of endpoints by owning process: an open-addressed table from process id to a row of counters.

import { TCP_STATES } from '../../model/states.ts';
import { createCounters } from './counters.ts';

/** A row has a counter for each TCP state, then these two. */
export const UDP_COLUMN = TCP_STATES.length;
/** UDP endpoints outside the ephemeral range: those that wait for others, as a TCP listener does. */
export const UDP_LISTENER_COLUMN = UDP_COLUMN + 1;
/** A row begins at its slot shifted by so many bits: a product would leave the 32-bit integers, for all that the engine knows. */
export const PID_ROW_BITS = 4;
/** Some of them are for nothing. */
export const PID_COLUMNS = 2 ** PID_ROW_BITS;

const INITIAL_SLOTS = 1024;
/** Beyond this share of used slots, the first probe misses too often. */
const MAX_LOAD = 0.5;
/** No number that a process id may be: ids fill the 32 bits, so the slots hold floats. */
const FREE = -1;
/** 2^32 divided by the golden ratio: process ids are multiples of 4 on Windows, and a plain mask would pile them up. */
const HASH_MULTIPLIER = 0x9e37_79b1;

/**
 * Grows with the number of owning processes, which the OS limits; cleared for every collection.
 * The arrays are open to the loops over rows, which look into the first slot themselves: a call a row would cost more
 * than the counting. All are replaced when the table grows.
 */
export class PidCounts {
  /** By slot. */
  pids = new Float64Array(INITIAL_SLOTS).fill(FREE);
  /** A row for each slot. */
  counters = createCounters(INITIAL_SLOTS * PID_COLUMNS);
  /** 32 less the number of bits that number the slots. */
  shift = Math.clz32(INITIAL_SLOTS - 1);
  #length = 0;

  /** The slot of a process; it takes a free one when it has none, and the table may grow. */
  slotOf(pid: number): number {
    const mask = this.pids.length - 1;
    let slot = firstSlot(pid, this.shift);
    while (this.pids[slot] !== pid) {
      if (this.pids[slot] === FREE) return this.#add(pid, slot);
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  /** Forgets all processes. */
  clear(): void {
    this.pids.fill(FREE);
    this.counters.fill(0);
    this.#length = 0;
  }

  /** Calls back once for each process, with its slot. */
  forEach(visit: (pid: number, slot: number) => void): void {
    for (let slot = 0; slot < this.pids.length; slot++) {
      const pid = this.pids[slot] as number;
      if (pid !== FREE) visit(pid, slot);
    }
  }

  #add(pid: number, slot: number): number {
    if (this.#length >= this.pids.length * MAX_LOAD) {
      this.#grow();
      return this.slotOf(pid);
    }
    this.#length++;
    this.pids[slot] = pid;
    return slot;
  }

  #grow(): void {
    const { pids, counters } = this;
    this.pids = new Float64Array(pids.length * 2).fill(FREE);
    this.counters = createCounters(counters.length * 2);
    this.shift--;
    this.#length = 0;
    for (const [slot, pid] of pids.entries()) {
      if (pid === FREE) continue;
      const row = counters.subarray(slot << PID_ROW_BITS, (slot + 1) << PID_ROW_BITS);
      this.counters.set(row, this.slotOf(pid) << PID_ROW_BITS);
    }
  }
}

/** Where the search for a process begins: Fibonacci hashing, the upper bits of a product. `shift` is PidCounts.shift. */
export function firstSlot(pid: number, shift: number): number {
  return Math.imul(pid, HASH_MULTIPLIER) >>> shift;
}
