// Measuring: warm-up, then the median and the spread of single runs.

/** Milliseconds of one run. */
export interface Result {
  readonly name: string;
  readonly runs: number;
  readonly medianMs: number;
  /** The 10th and 90th percentile. */
  readonly spreadMs: readonly [number, number];
}

const RUNS = 200;
const WARM_UP_RUNS = 200;

/** Times `run` again and again, after a warm-up. */
export function measure(name: string, run: () => void): Result {
  const once = (): number => {
    const startMs = performance.now();
    run();
    return performance.now() - startMs;
  };
  for (let i = 0; i < WARM_UP_RUNS; i++) once();
  return summarize(name, Array.from({ length: RUNS }, once));
}

/** The result of runs that were timed elsewhere. */
export function summarize(name: string, timesMs: readonly number[]): Result {
  const sorted = timesMs.toSorted((a, b) => a - b);
  const at = (share: number): number => sorted[Math.floor(share * (sorted.length - 1))] ?? Number.NaN;
  return { name, runs: sorted.length, medianMs: at(0.5), spreadMs: [at(0.1), at(0.9)] };
}
