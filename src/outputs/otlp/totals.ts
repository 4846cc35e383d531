// From when a total counts, and how much it grew: the only memory that the push has of counters.

/** A total, or what came to it, from `startMs` to `endMs`, in milliseconds of Unix time. */
export interface Span<Total> {
  readonly value: Total;
  readonly startMs: number;
  readonly endMs: number;
}

/** A clock that is set back may have a time end before it began, which OTLP does not know: it is said to be empty. */
export function startBefore(endMs: number, startMs: number): number {
  return Math.min(startMs, endMs);
}

/**
 * Counters of one temporality. They keep an entry a series: counters have labels of a few fixed values only, so that
 * none has to be forgotten.
 */
export interface Totals<Total> {
  /** What to say of a series that stands at `value` at `endMs` and counts from `startMs`; undefined for nothing yet. */
  span(series: string, total: Span<Total>): Span<Total> | undefined;
  /** Begins a push: what is asked for from now on belongs to it. */
  begin(): void;
  /** The push arrived. Unless this is said, the next one covers its time, too. */
  delivered(): void;
}

/** What a total must be able to do. */
interface Arithmetic<Total> {
  /** Whether it has begun anew in between. */
  readonly isReset: (before: Total, after: Total) => boolean;
  readonly difference: (before: Total, after: Total) => Total;
}

/** Totals as they are. After one went down it counts from the time when it was last seen before that. */
export class CumulativeTotals<Total> implements Totals<Total> {
  readonly #isReset: Arithmetic<Total>['isReset'];
  readonly #seen = new Map<string, Span<Total>>();

  constructor({ isReset }: Arithmetic<Total>) {
    this.#isReset = isReset;
  }

  span(series: string, { value, startMs, endMs }: Span<Total>): Span<Total> {
    const before = this.#seen.get(series);
    // The first start is kept: a host's clock may be set, which moves the time of its boot.
    const sinceMs = before === undefined ? startMs : this.#isReset(before.value, value) ? before.endMs : before.startMs;
    const span = { value, startMs: startBefore(endMs, sinceMs), endMs };
    this.#seen.set(series, span);
    return span;
  }

  begin(): void {}

  delivered(): void {}
}

/**
 * What came to each total since it was last delivered. What was counted before this program began is nobody's growth:
 * such a total is only remembered when it is first seen.
 */
export class DeltaTotals<Total> implements Totals<Total> {
  readonly #arithmetic: Arithmetic<Total>;
  readonly #beganMs: number;
  readonly #delivered = new Map<string, Span<Total>>();
  readonly #underWay = new Map<string, Span<Total>>();

  constructor(arithmetic: Arithmetic<Total>, beganMs: number) {
    this.#arithmetic = arithmetic;
    this.#beganMs = beganMs;
  }

  span(series: string, total: Span<Total>): Span<Total> | undefined {
    const before = this.#delivered.get(series);
    if (before === undefined && total.startMs < this.#beganMs) {
      this.#delivered.set(series, total);
      return undefined;
    }
    this.#underWay.set(series, total);
    if (before === undefined) return { ...total, startMs: startBefore(total.endMs, total.startMs) };
    const { isReset, difference } = this.#arithmetic;
    const { value, endMs } = total;
    const growth = isReset(before.value, value) ? value : difference(before.value, value);
    return { value: growth, startMs: startBefore(endMs, before.endMs), endMs };
  }

  begin(): void {
    this.#underWay.clear();
  }

  delivered(): void {
    for (const [series, total] of this.#underWay) this.#delivered.set(series, total);
    this.#underWay.clear();
  }
}

export const COUNTS: Arithmetic<number> = {
  isReset: (before, after) => after < before,
  difference: (before, after) => after - before,
};

/** A histogram: how many fell into each bucket, the last one being that of all that is above the highest bound. */
export interface Distribution {
  readonly boundaries: readonly number[];
  readonly counts: readonly number[];
  readonly count: number;
  readonly sum: number;
}

export const DISTRIBUTIONS: Arithmetic<Distribution> = {
  isReset: (before, after) => after.count < before.count,
  difference: (before, after) => ({
    boundaries: after.boundaries,
    counts: after.counts.map((count, bucket) => count - (before.counts[bucket] ?? 0)),
    count: after.count - before.count,
    sum: after.sum - before.sum,
  }),
};
