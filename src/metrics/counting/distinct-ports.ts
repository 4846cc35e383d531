// How many distinct ports each of many owners has.

import { type Counters, createCounters } from './counters.ts';
import { PORTS } from './port-counts.ts';

/**
 * Pairs of an owner and a port are sorted by port, by counting, so that equal ones are met together: a hash of the pairs
 * takes several times as long. Kept from one collection to the next for its memory.
 */
export class DistinctPorts {
  #length = 0;
  #ports = new Uint16Array(0);
  #owners = new Int32Array(0);
  /** The owners by port. */
  #sorted = new Int32Array(0);
  /** Where the owners of a port begin in #sorted. */
  readonly #starts = new Int32Array(PORTS + 1);

  /** Forgets all pairs, and makes room for so many. */
  reset(pairs: number): void {
    this.#length = 0;
    if (pairs <= this.#ports.length) return;
    this.#ports = new Uint16Array(pairs * 2);
    this.#owners = new Int32Array(pairs * 2);
    this.#sorted = new Int32Array(pairs * 2);
  }

  /** `owner` is a number from 0 on. */
  add(owner: number, port: number): void {
    this.#owners[this.#length] = owner;
    this.#ports[this.#length++] = port;
  }

  /** The number of distinct ports of each of so many owners. */
  count(owners: number): Counters {
    this.#sort();
    const counts = createCounters(owners);
    /** By owner: the port that was counted last, plus 1. */
    const counted = createCounters(owners);
    let pair = 0;
    for (let port = 0; port < PORTS; port++) {
      // What was the beginning is, after the sorting, the end.
      for (const end = this.#starts[port] as number; pair < end; pair++) {
        const owner = this.#sorted[pair] as number;
        if (counted[owner] === port + 1) continue;
        counted[owner] = port + 1;
        (counts[owner] as number)++;
      }
    }
    return counts;
  }

  #sort(): void {
    const starts = this.#starts;
    starts.fill(0);
    for (let pair = 0; pair < this.#length; pair++) (starts[(this.#ports[pair] as number) + 1] as number)++;
    for (let port = 0; port < PORTS; port++) (starts[port + 1] as number) += starts[port] as number;
    for (let pair = 0; pair < this.#length; pair++) {
      const port = this.#ports[pair] as number;
      this.#sorted[starts[port] as number] = this.#owners[pair] as number;
      (starts[port] as number)++;
    }
  }
}
