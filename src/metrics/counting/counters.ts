// Rows of counters.

/**
 * Signed, though nothing is negative: what is read from a Uint32Array may not fit the engine's small integers, so it
 * counts in floating point there, at twice the cost. 2^31 endpoints are out of reach.
 */
export type Counters = Int32Array<ArrayBuffer>;

export function createCounters(length: number): Counters {
  return new Int32Array(length);
}

/** Rows of counters for things that are numbered; used again for the next ones, and longer where there are more of them. */
export class CounterRows {
  readonly columns: number;
  /** Row after row. */
  counters: Counters = createCounters(0);

  constructor(columns: number) {
    this.columns = columns;
  }

  /** All counters of so many rows are 0. */
  reset(rows: number): void {
    const length = rows * this.columns;
    if (length > this.counters.length) this.counters = createCounters(length * 2);
    else this.counters.fill(0, 0, length);
  }

  row(row: number): Counters {
    return this.counters.subarray(row * this.columns, (row + 1) * this.columns);
  }
}

/** Adds the row of `counters` that begins at `offset`. */
export function addCounters(sum: Counters, counters: Counters, offset = 0): void {
  for (let column = 0; column < sum.length; column++) {
    (sum[column] as number) += counters[offset + column] as number;
  }
}
