// Panels of lines or stacked areas over time, with a legend of the latest and the greatest value of each, the greatest first.
import type { RangeSeries, TimeRange } from '../../test/peers/store.ts';
import { lastValue, nameOf, type PanelAnswers, valuesAtSteps } from './answers.ts';
import { colorNamed, paletteColor } from './colors.ts';
import type { Size } from './layout.ts';
import { type LegendEntry, legend, legendHeight } from './legend.ts';
import { type DrawnPanel, type Field, fieldOf, known } from './panel-json.ts';
import { type Axis, plot } from './plot.ts';
import { element, type Svg } from './svg.ts';
import { formatMark, formatValue } from './units.ts';

/** Of Grafana's options of a time series what is drawn here. */
interface Custom {
  readonly fillOpacity?: number;
  readonly stacking?: { readonly mode: string };
  readonly thresholdsStyle?: { readonly mode: string };
  readonly axisSoftMax?: number;
}

interface Options {
  readonly legend?: { readonly calcs: readonly string[] };
}

interface NamedSeries {
  readonly name: string;
  readonly series: RangeSeries;
  readonly field: Field;
  readonly color: string;
}

const PERCENT = 100;
const LEGEND_SHARE = 0.46;
const LEGEND_MARGIN_PIXELS = 10;
/** Seconds, up to days. */
const TIME_STEPS = [5, 10, 15, 30, 60, 120, 300, 600, 1_800, 3_600, 7_200, 21_600, 43_200, 86_400] as const;
const HEADERS = ['Last', 'Max'] as const;

export function timeseriesPicture(panel: DrawnPanel, answers: PanelAnswers, range: TimeRange, size: Size): Svg {
  const custom: Custom = panel.fieldConfig.defaults.custom ?? {};
  const options: Options = panel.options;
  known(panel.title, options.legend?.calcs.join(), ['lastNotNull,max']);
  const named = nameSeries(panel, answers);
  if (named.length === 0) return '';
  const room = {
    widthPixels: size.widthPixels - 2 * LEGEND_MARGIN_PIXELS,
    maxHeightPixels: size.heightPixels * LEGEND_SHARE,
  };
  const entries = named.toSorted((one, other) => maxOf(other) - maxOf(one)).map(legendEntry);
  const plotPixels = size.heightPixels - legendHeight(entries, room) - LEGEND_MARGIN_PIXELS;
  const isStacked = known(panel.title, custom.stacking?.mode ?? 'none', ['none', 'normal']) === 'normal';
  const drawn = plot({
    widthPixels: size.widthPixels,
    heightPixels: plotPixels,
    range,
    isStacked,
    fillOpacity: (custom.fillOpacity ?? 0) / PERCENT,
    lines: named.map(({ color, series }) => ({ color, values: valuesAtSteps(series, range) })),
    axis: axisOf(panel, custom),
  });
  const below = `translate(${LEGEND_MARGIN_PIXELS} ${plotPixels + LEGEND_MARGIN_PIXELS / 2})`;
  return drawn + element('g', { transform: below }, legend(entries, HEADERS, room));
}

/** The series of all queries that have a value; one without a color of its own has that of its place among them. */
function nameSeries(panel: DrawnPanel, answers: PanelAnswers): readonly NamedSeries[] {
  const all = (panel.targets ?? []).flatMap(({ refId, legendFormat }) => {
    if (typeof legendFormat !== 'string')
      throw new Error(`the query ${refId} of the panel ${panel.title} has no legend`);
    const withValues = (answers.get(refId) ?? []).filter((series) => lastValue(series) !== undefined);
    return withValues.map((series) => ({ series, name: nameOf(series, legendFormat) }));
  });
  return all.map(({ series, name }, index) => {
    const field = fieldOf(panel, name);
    return { series, name, field, color: field.color === undefined ? paletteColor(index) : colorNamed(field.color) };
  });
}

function legendEntry(line: NamedSeries): LegendEntry {
  const shown = [lastValue(line.series), maxOf(line)];
  const texts = shown.map((value) => (value === undefined ? '' : formatValue(value, line.field.unit)));
  return { name: line.name, color: line.color, values: texts };
}

function maxOf({ series }: NamedSeries): number {
  return Math.max(...series.points.map(({ value }) => value).filter(Number.isFinite));
}

function axisOf(panel: DrawnPanel, { thresholdsStyle, axisSoftMax }: Custom): Axis {
  const { unit, thresholds } = fieldOf(panel, '');
  known(panel.title, panel.fieldConfig.defaults.min, [0]);
  const hasLimits = known(panel.title, thresholdsStyle?.mode ?? 'off', ['off', 'dashed']) === 'dashed';
  const limits = thresholds.flatMap(({ value, color }) =>
    value === null ? [] : [{ value, color: colorNamed(color) }],
  );
  return {
    format: (value) => formatMark(value, unit),
    isWhole: unit === 'locale',
    ...(unit === 's' && { steps: TIME_STEPS }),
    ...(axisSoftMax !== undefined && { softMax: axisSoftMax }),
    limits: hasLimits ? limits : [],
  };
}
