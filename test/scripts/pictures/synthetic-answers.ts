// Answers to all queries of a dashboard, made up: as many labels as its panels look at, and values that change.
import type { DashboardAnswers, PanelAnswers } from '../../../scripts/pictures/answers.ts';
import type { DrawnPanel } from '../../../scripts/pictures/panel-json.ts';
import type { RangeSeries, TimeRange } from '../../peers/store.ts';
import { type DashboardJson, panelsOf, type TargetJson, targetsOf } from '../../support/dashboard-files.ts';

export const RANGE: TimeRange = { startSeconds: 1_800_000_000, endSeconds: 1_800_000_360, stepSeconds: 3 };

export function seriesWith(labels: RangeSeries['labels'], ...values: readonly number[]): RangeSeries {
  const points = values.map((value, step) => ({ timeSeconds: RANGE.startSeconds + step * RANGE.stepSeconds, value }));
  return { name: '', labels, points };
}

/** The label values of tables are `value`; lines are called as the panel has colors for, so that these are looked at. */
export function syntheticAnswers(dashboard: DashboardJson, value: string): DashboardAnswers {
  const panels = (panelsOf(dashboard) as readonly DrawnPanel[]).map((panel) => {
    const answers = targetsOf(panel).map((target) => [target.refId, answerOf(panel, target, value)] as const);
    return [panel.id, new Map(answers) as PanelAnswers] as const;
  });
  return { range: RANGE, panels: new Map(panels) };
}

function answerOf(panel: DrawnPanel, { legendFormat }: TargetJson, value: string): readonly RangeSeries[] {
  const values = Array.from({ length: 121 }, (_, step) => 5 * step);
  switch (panel.type) {
    case 'timeseries': {
      const labels = Array.from(String(legendFormat).matchAll(/\{\{(\w+)\}\}/g), ([, label = '']) => label);
      const names = panel.fieldConfig.overrides.map(({ matcher }) => matcher.options);
      return [...names, value].map((name) =>
        seriesWith(Object.fromEntries(labels.map((label) => [label, name])), ...values),
      );
    }
    case 'table': {
      const columns = Object.keys(panel.transformations?.at(-1)?.options.indexByName ?? {});
      const labels = columns.filter((column) => !column.startsWith('Value'));
      return [seriesWith(Object.fromEntries(labels.map((label) => [label, value])), 3)];
    }
    default:
      return [seriesWith({}, ...values)];
  }
}
