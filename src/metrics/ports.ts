// Ranges of ports, and counts of endpoints by local port.

import type { PortRange } from '../model/ephemeral.ts';
import { type Counters, createCounters } from './counters.ts';

const PORTS = 65_536;

/** Whether a port is in one of the ranges. */
export function isInRanges(port: number, ranges: readonly PortRange[]): boolean {
  for (const { first, last } of ranges) if (port >= first && port <= last) return true;
  return false;
}

const INITIAL_ROWS = 64;

/** The row of the ports that have none of their own. */
const OTHER_ROW = 0;

/** Rows of counters for the ports that have been given one; all other ports share a row. */
export class PortCounts {
  readonly #columns: number;
  readonly #ports: number[] = [];
  /** Where in `counters` the row of each port begins. */
  readonly offsets = new Int32Array(PORTS);
  /** Row after row. */
  counters: Counters;

  constructor(columns: number) {
    this.#columns = columns;
    this.counters = createCounters(columns * INITIAL_ROWS);
  }

  /** Gives a port a row of its own. To be called before anything is counted. */
  addRow(port: number): void {
    if (this.offsets[port] !== OTHER_ROW) return;
    const offset = this.#ports.push(port) * this.#columns;
    this.offsets[port] = offset;
    if (offset + this.#columns > this.counters.length) this.counters = createCounters(this.counters.length * 2);
  }

  /** Takes all rows away again. */
  clear(): void {
    this.counters.fill(0, 0, (this.#ports.length + 1) * this.#columns);
    for (const port of this.#ports) this.offsets[port] = OTHER_ROW;
    this.#ports.length = 0;
  }

  /** The counters of the ports that have no row of their own. */
  get other(): Counters {
    return this.#row(OTHER_ROW);
  }

  /** The sums of all rows, column by column. */
  totals(): Counters {
    const totals = createCounters(this.#columns);
    const end = (this.#ports.length + 1) * this.#columns;
    for (let offset = 0; offset < end; offset += this.#columns) {
      for (let column = 0; column < this.#columns; column++) {
        (totals[column] as number) += this.counters[offset + column] as number;
      }
    }
    return totals;
  }

  /** Calls back once for each port that has a row, with its counters. */
  forEach(visit: (port: number, counters: Counters) => void): void {
    for (const [index, port] of this.#ports.entries()) visit(port, this.#row(index + 1));
  }

  #row(row: number): Counters {
    return this.counters.subarray(row * this.#columns, (row + 1) * this.#columns);
  }
}
