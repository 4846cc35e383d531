// Sets of ports, and counts of endpoints by local port.

import type { PortRange } from '../model/ephemeral.ts';

export const PORTS = 65_536;

/** One byte a port: 1 for those in the ranges, without those in `except`. */
export function portSet(ranges: readonly PortRange[], except: readonly PortRange[] = []): Uint8Array {
  const set = new Uint8Array(PORTS);
  for (const { first, last } of ranges) set.fill(1, first, last + 1);
  for (const { first, last } of except) set.fill(0, first, last + 1);
  return set;
}

/** The row of the ports that have none of their own. */
const OTHER_ROW = 0;

/** Rows of counters for the ports that have been given one; all other ports share a row. */
export class PortCounts {
  readonly #columns: number;
  readonly #ports: number[] = [];
  /** Where in `counters` the row of each port begins. */
  readonly offsets = new Uint32Array(PORTS);
  counters: Uint32Array<ArrayBuffer>;

  constructor(columns: number) {
    this.#columns = columns;
    this.counters = new Uint32Array(columns * 64);
  }

  /** Gives a port a row of its own. To be called before anything is counted. */
  addRow(port: number): void {
    if (this.offsets[port] !== OTHER_ROW) return;
    const offset = this.#ports.push(port) * this.#columns;
    this.offsets[port] = offset;
    if (offset + this.#columns > this.counters.length) this.counters = new Uint32Array(this.counters.length * 2);
  }

  /** The counters of the ports that have no row of their own. */
  get other(): Uint32Array {
    return this.counters.subarray(0, this.#columns);
  }

  /** Calls back once for each port that has a row, with its counters. */
  forEach(visit: (port: number, counters: Uint32Array) => void): void {
    for (const [index, port] of this.#ports.entries()) {
      const offset = (index + 1) * this.#columns;
      visit(port, this.counters.subarray(offset, offset + this.#columns));
    }
  }
}
