// Tables of the latest values: one row for what has the same labels, one column for each query.
import type { Builder } from '@grafana/grafana-foundation-sdk/cog';
import { TableSortByFieldStateBuilder } from '@grafana/grafana-foundation-sdk/common';
import type { DynamicConfigValue, Panel } from '@grafana/grafana-foundation-sdk/dashboard';
import { PanelBuilder as TableBuilder } from '@grafana/grafana-foundation-sdk/table';
import { LocaleFormat } from '@grafana/grafana-foundation-sdk/units';
import { type Limits, type LowLimits, refId, tableTarget, thresholdsOf } from './panels.ts';
import { DATASOURCE } from './variables.ts';

/** A column of a label's values. */
export interface KeyColumn {
  readonly header: string;
  /** The label's name in the dialect. */
  readonly label: string;
  readonly widthPixels?: number;
  /** Where a click on a value leads. */
  readonly url?: string;
  /** Some series lack the label; all queries have others with it. */
  readonly mayBeEmpty?: true;
}

/** A column of a query's values. The labels of its series are keys, all or some of them, and no others. */
export interface ValueColumn {
  readonly header: string;
  readonly expr: string;
  readonly unit?: string;
  readonly limits?: Limits | LowLimits;
  readonly widthPixels?: number;
}

export interface TableOptions {
  readonly title: string;
  readonly description: string;
  readonly keys: readonly KeyColumn[];
  readonly values: readonly [ValueColumn, ...ValueColumn[]];
  /** The header of the column that it is sorted by, the greatest first. */
  readonly sortedBy: string;
}

/**
 * Rows come from all queries together: where one has no series for a row, its cell is empty. The first has all rows: others
 * may have no answer at all.
 */
export function table({ title, description, keys, values, sortedBy }: TableOptions): Builder<Panel> {
  const panel = new TableBuilder()
    .title(title)
    .description(description)
    .datasource(DATASOURCE)
    .filterable(true)
    .sortBy([new TableSortByFieldStateBuilder().displayName(sortedBy).desc(true)])
    .targets(values.map(({ expr }, index) => tableTarget(index, withDashes(expr, keys))));
  const columns = [
    ...keys.map(({ label, header }) => [label, header] as const),
    ...values.map(({ header }, index) => [`Value #${refId(index)}`, header] as const),
    // What Grafana calls the values of a single query; some versions also where only one has an answer, which is the first then.
    ['Value', values[0].header] as const,
  ];
  panel.transformations([
    { id: 'merge', options: {} },
    {
      id: 'organize',
      options: {
        excludeByName: { Time: true, job: true },
        indexByName: Object.fromEntries(columns.map(([name], index) => [name, index])),
        renameByName: Object.fromEntries(columns),
      },
    },
  ]);
  for (const key of keys) panel.overrideByName(key.header, keyProperties(key));
  for (const value of values) panel.overrideByName(value.header, valueProperties(value));
  return panel;
}

/**
 * Grafana takes a row that lacks a column for one with any value there, and would write the values of a process without a
 * service into the row of the same process with one.
 */
function withDashes(expr: string, keys: readonly KeyColumn[]): string {
  const labels = keys.filter(({ mayBeEmpty }) => mayBeEmpty).map(({ label }) => label);
  return labels.reduce((inner, label) => `label_replace(${inner}, "${label}", "-", "${label}", "")`, expr);
}

function keyProperties({ url, header, widthPixels }: KeyColumn): DynamicConfigValue[] {
  const link = url === undefined ? [] : [{ title: `Show this ${header.toLowerCase()}`, url }];
  return [...link.map((links) => ({ id: 'links', value: [links] })), ...width(widthPixels)];
}

function valueProperties({ unit = LocaleFormat, limits, widthPixels }: ValueColumn): DynamicConfigValue[] {
  const colored =
    limits === undefined
      ? []
      : [
          { id: 'thresholds', value: thresholdsOf(limits).build() },
          { id: 'custom.cellOptions', value: { type: 'color-text' } },
        ];
  return [{ id: 'unit', value: unit }, ...colored, ...width(widthPixels)];
}

function width(pixels: number | undefined): DynamicConfigValue[] {
  return pixels === undefined ? [] : [{ id: 'custom.width', value: pixels }];
}
