// What a store answered to the queries of a dashboard, and how a series of it is called.
import type { RangeSeries, TimeRange } from '../../test/peers/store.ts';

/** Of one panel: its series by the names of its queries, `A`, `B` … An instant query has series with one point. */
export type PanelAnswers = ReadonlyMap<string, readonly RangeSeries[]>;

export interface DashboardAnswers {
  readonly range: TimeRange;
  /** By the panels' ids. */
  readonly panels: ReadonlyMap<number, PanelAnswers>;
}

/** The values at each step of the range; null where there is none. */
export function valuesAtSteps(
  { points }: RangeSeries,
  { startSeconds, endSeconds, stepSeconds }: TimeRange,
): readonly (number | null)[] {
  const steps = Math.floor((endSeconds - startSeconds) / stepSeconds) + 1;
  const byStep = new Map(
    points.map(({ timeSeconds, value }) => [Math.round((timeSeconds - startSeconds) / stepSeconds), value]),
  );
  return Array.from({ length: steps }, (_, step) => {
    const value = byStep.get(step) ?? Number.NaN;
    return Number.isFinite(value) ? value : null;
  });
}

/** The latest value that is one; undefined where there is none. */
export function lastValue({ points }: RangeSeries): number | undefined {
  return points.findLast(({ value }) => Number.isFinite(value))?.value;
}

/** A legend's `{{label}}` is the label's value, and nothing where there is no such label. */
export function nameOf({ labels }: RangeSeries, legend: string): string {
  return legend.replaceAll(/\{\{\s*(\w+)\s*\}\}/g, (_, label: string) => labels[label] ?? '');
}
