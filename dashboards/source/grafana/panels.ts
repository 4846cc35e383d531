// The kinds of panels that our dashboards have, each with what all of a kind share.
import type { Builder } from '@grafana/grafana-foundation-sdk/cog';
import {
  BigValueColorMode,
  BigValueGraphMode,
  GraphThresholdsStyleConfigBuilder,
  GraphThresholdsStyleMode,
  LegendDisplayMode,
  LegendPlacement,
  ReduceDataOptionsBuilder,
  SortOrder,
  StackingConfigBuilder,
  StackingMode,
  TooltipDisplayMode,
  VizLegendOptionsBuilder,
  VizTooltipOptionsBuilder,
} from '@grafana/grafana-foundation-sdk/common';
import {
  type Panel,
  type Threshold,
  ThresholdsConfigBuilder,
  ThresholdsMode,
  type ValueMapping,
} from '@grafana/grafana-foundation-sdk/dashboard';
import { DataqueryBuilder, PromQueryFormat } from '@grafana/grafana-foundation-sdk/prometheus';
import { PanelBuilder as StatBuilder } from '@grafana/grafana-foundation-sdk/stat';
import { PanelBuilder as TimeseriesBuilder } from '@grafana/grafana-foundation-sdk/timeseries';
import { DATASOURCE } from './variables.ts';

export interface Query {
  readonly expr: string;
  /** Names a line; with `{{label}}`. */
  readonly legend?: string;
}

/** Green below the first value. */
export interface Limits {
  readonly warning?: number;
  readonly critical?: number;
}

/** Where less is worse: green from the greater value on. */
export interface LowLimits {
  readonly warningBelow: number;
  readonly criticalBelow: number;
}

interface PanelText {
  readonly title: string;
  /** What it shows and, where something is wrong, what to do. */
  readonly description: string;
  /** A unit of Grafana. */
  readonly unit: string;
  readonly limits?: Limits | LowLimits;
}

export interface StatOptions extends PanelText {
  readonly expr: string;
  readonly mappings?: ValueMapping[];
}

export interface TimeseriesOptions extends PanelText {
  readonly queries: readonly Query[];
  readonly isStacked?: boolean;
  /** The top of the axis, if the data do not go beyond. */
  readonly softMax?: number;
  /** Colors of lines, by their names. */
  readonly colors?: Readonly<Record<string, string>>;
}

/** One number: the latest. */
export function stat({ title, description, unit, limits, expr, mappings }: StatOptions): Builder<Panel> {
  const panel = new StatBuilder()
    .title(title)
    .description(description)
    .datasource(DATASOURCE)
    .unit(unit)
    .thresholds(thresholdsOf(limits))
    .colorMode(limits === undefined && mappings === undefined ? BigValueColorMode.None : BigValueColorMode.Value)
    .graphMode(BigValueGraphMode.Area)
    .reduceOptions(new ReduceDataOptionsBuilder().calcs(['lastNotNull']).fields('').values(false))
    .withTarget(new DataqueryBuilder().refId('A').expr(expr).range());
  return mappings === undefined ? panel : panel.mappings(mappings);
}

/** Lines over time, the latest value of each in the legend. */
export function timeseries(options: TimeseriesOptions): Builder<Panel> {
  const { title, description, unit, limits, queries, isStacked = false, softMax, colors = {} } = options;
  const panel = new TimeseriesBuilder()
    .title(title)
    .description(description)
    .datasource(DATASOURCE)
    .unit(unit)
    .min(0)
    .lineWidth(1)
    .fillOpacity(isStacked ? 30 : 5)
    .stacking(new StackingConfigBuilder().mode(isStacked ? StackingMode.Normal : StackingMode.None))
    .thresholds(thresholdsOf(limits))
    .tooltip(new VizTooltipOptionsBuilder().mode(TooltipDisplayMode.Multi).sort(SortOrder.Descending))
    .legend(
      new VizLegendOptionsBuilder()
        .displayMode(LegendDisplayMode.Table)
        .placement(LegendPlacement.Bottom)
        .calcs(['lastNotNull', 'max'])
        .showLegend(true),
    );
  if (limits !== undefined) {
    panel.thresholdsStyle(new GraphThresholdsStyleConfigBuilder().mode(GraphThresholdsStyleMode.Dashed));
  }
  if (softMax !== undefined) panel.axisSoftMax(softMax);
  for (const [name, color] of Object.entries(colors)) {
    panel.overrideByName(name, [{ id: 'color', value: { mode: 'fixed', fixedColor: color } }]);
  }
  for (const [index, { expr, legend }] of queries.entries()) {
    panel.withTarget(
      new DataqueryBuilder()
        .refId(refId(index))
        .expr(expr)
        .range()
        .legendFormat(legend ?? '__auto'),
    );
  }
  return panel;
}

/** A query of a table: its latest values, one row for each series. */
export function tableTarget(index: number, expr: string): DataqueryBuilder {
  return new DataqueryBuilder().refId(refId(index)).expr(expr).instant().format(PromQueryFormat.Table);
}

/** The names that Grafana gives to queries: A, B, C … */
export function refId(index: number): string {
  return String.fromCharCode('A'.charCodeAt(0) + index);
}

export function thresholdsOf(limits: Limits | LowLimits = {}): Builder<{
  mode: ThresholdsMode;
  steps: Threshold[];
}> {
  const steps = 'warningBelow' in limits ? lowSteps(limits) : highSteps(limits);
  return new ThresholdsConfigBuilder().mode(ThresholdsMode.Absolute).steps(steps);
}

function highSteps({ warning, critical }: Limits): Threshold[] {
  const steps: Threshold[] = [{ value: null, color: 'green' }];
  if (warning !== undefined) steps.push({ value: warning, color: 'orange' });
  if (critical !== undefined) steps.push({ value: critical, color: 'red' });
  return steps;
}

function lowSteps({ warningBelow, criticalBelow }: LowLimits): Threshold[] {
  return [
    { value: null, color: 'red' },
    { value: criticalBelow, color: 'orange' },
    { value: warningBelow, color: 'green' },
  ];
}
