// What is measured, again and again, as one figure: the median, with the spread.

export type Unit = 'µs' | 'ms' | 's' | 'KB' | 'MB' | 'requests/s' | 's/h' | '%';

export interface Figure {
  readonly unit: Unit;
  readonly runs: number;
  readonly median: number;
  /** The 10th and the 90th percentile. */
  readonly spread: readonly [low: number, high: number];
  readonly max: number;
}

/** How often something is measured at least: fewer runs say little of their spread. */
export const MIN_RUNS = 15;

const RUNS = 200;

/** The figure of single runs. Throws where there are fewer than MIN_RUNS. */
export function summarize(values: readonly number[], unit: Unit): Figure {
  if (values.length < MIN_RUNS) throw new Error(`${values.length} runs; a figure wants ${MIN_RUNS} or more`);
  const sorted = values.toSorted((one, other) => one - other);
  return {
    unit,
    runs: sorted.length,
    median: quantile(sorted, 0.5),
    spread: [quantile(sorted, 0.1), quantile(sorted, 0.9)],
    max: quantile(sorted, 1),
  };
}

/** Of values in ascending order, by the nearest rank below. */
export function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.floor(share * (sorted.length - 1))] ?? Number.NaN;
}

/** Times `run` in this process, after as many runs to warm up. */
export function measure(run: () => void, runs = RUNS): Figure {
  const once = (): number => {
    const startMs = performance.now();
    run();
    return performance.now() - startMs;
  };
  for (let i = 0; i < runs; i++) once();
  return summarize(Array.from({ length: runs }, once), 'ms');
}
