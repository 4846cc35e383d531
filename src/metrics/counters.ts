// Rows of counters.

/**
 * Signed, though nothing is negative: what is read from a Uint32Array may not fit the engine's small integers, so it
 * counts in floating point there, at twice the cost. 2^31 endpoints are out of reach.
 */
export type Counters = Int32Array<ArrayBuffer>;

export function createCounters(length: number): Counters {
  return new Int32Array(length);
}

/** Adds one row to another. */
export function addCounters(sum: Counters, counters: Counters): void {
  for (let column = 0; column < counters.length; column++) (sum[column] as number) += counters[column] as number;
}
