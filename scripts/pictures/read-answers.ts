// Asks a store all that the panels of a dashboard ask.

import type { RangeSeries, Store, TimeRange } from '../../test/peers/store.ts';
import { type DashboardJson, panelsOf, type TargetJson, targetsOf } from '../../test/support/dashboard-files.ts';
import { type ChosenVariable, interpolate, type TimeVariables } from '../../test/support/interpolation.ts';
import type { DashboardAnswers } from './answers.ts';
import type { DrawnPanel } from './panel-json.ts';

/** Of the time of a picture, and what Grafana would make of it. */
export interface PictureTime {
  readonly range: TimeRange;
  readonly variables: TimeVariables;
}

/** Rejects where the store refuses a query, with its words. */
export async function readAnswers(
  dashboard: DashboardJson,
  store: Store,
  chosen: readonly ChosenVariable[],
  { range, variables }: PictureTime,
): Promise<DashboardAnswers> {
  const answer = ({ expr, instant }: TargetJson): Promise<readonly RangeSeries[]> => {
    const query = interpolate(expr, chosen, variables);
    return instant === true ? instantAnswer(store, query, range.endSeconds) : store.queryRange(query, range);
  };
  const panels = panelsOf(dashboard).map(async (panel) => {
    const targets = targetsOf(panel).map(async (target) => [target.refId, await answer(target)] as const);
    return [(panel as DrawnPanel).id, new Map(await Promise.all(targets))] as const;
  });
  return { range, panels: new Map(await Promise.all(panels)) };
}

async function instantAnswer(store: Store, query: string, timeSeconds: number): Promise<readonly RangeSeries[]> {
  const series = await store.query(query);
  return series.map(({ value, ...rest }) => ({ ...rest, points: [{ timeSeconds, value }] }));
}
