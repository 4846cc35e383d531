// Counts of endpoints by local port.

import { type Counters, createCounters } from './counters.ts';

/** How many ports there are, 0 included. */
export const PORTS = 65_536;

const INITIAL_ROWS = 64;

/** Where the row of the ports begins that have none of their own. */
export const OTHER_ROW = 0;

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

  /** The ports that have a row of their own. */
  get ports(): readonly number[] {
    return this.#ports;
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

  /** Endpoints of a port that has a row of its own. */
  total(port: number): number {
    const offset = this.offsets[port] as number;
    let total = 0;
    for (let column = 0; column < this.#columns; column++) total += this.counters[offset + column] as number;
    return total;
  }

  /** The counters of a port that has a row of its own. */
  row(port: number): Counters {
    const offset = this.offsets[port] as number;
    return this.counters.subarray(offset, offset + this.#columns);
  }

  /** The counters of the ports that have no row of their own. */
  get other(): Counters {
    return this.counters.subarray(OTHER_ROW, this.#columns);
  }

  /** The sums of all rows, column by column. */
  totals(): Counters {
    const { counters } = this;
    const columns = this.#columns;
    const end = (this.#ports.length + 1) * columns;
    const totals = createCounters(columns);
    for (let column = 0; column < columns; column++) {
      let total = 0;
      for (let offset = column; offset < end; offset += columns) total += counters[offset] as number;
      totals[column] = total;
    }
    return totals;
  }
}
