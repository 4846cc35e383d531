// Lines and areas over time, with their axes: Apache ECharts draws them, as SVG without a browser.
import { init } from 'echarts';
import type { TimeRange } from '../../test/peers/store.ts';
import { timeAxis, valueAxis } from './plot-axes.ts';
import type { Svg } from './svg.ts';
import { FONT } from './text-width.ts';

export interface Line {
  readonly color: string;
  /** At each step of the range. */
  readonly values: readonly (number | null)[];
}

export interface Limit {
  readonly value: number;
  readonly color: string;
}

export interface Axis {
  format(value: number): string;
  /** Only whole numbers have a mark. */
  readonly isWhole: boolean;
  /** Distances between marks that read well, the smallest first; below them, and without them, 1, 2 and 5 do. */
  readonly steps?: readonly number[];
  /** The top, if no value is greater. */
  readonly softMax?: number;
  /** Dashed lines across the plot. */
  readonly limits: readonly Limit[];
}

export interface Plot {
  readonly widthPixels: number;
  readonly heightPixels: number;
  readonly range: TimeRange;
  readonly lines: readonly Line[];
  /** From 0 to 1. */
  readonly fillOpacity: number;
  readonly isStacked: boolean;
  /** Without one there are lines only. */
  readonly axis?: Axis;
}

/** Room for the numbers, and for half of the last time. */
const MARGINS = { left: 58, right: 16, top: 8, bottom: 20 } as const;
const BARE_MARGINS = { left: 0, right: 0, top: 2, bottom: 0 } as const;
const QUIET_LINE = { type: 'line', silent: true, symbol: 'none', emphasis: { disabled: true } } as const;
const LINE_WIDTH = 1.2;
const MILLISECONDS = 1_000;

export function plot(options: Plot): Svg {
  const { widthPixels, heightPixels, isStacked, axis } = options;
  const chart = init(null, null, { renderer: 'svg', ssr: true, width: widthPixels, height: heightPixels });
  try {
    chart.setOption({
      animation: false,
      useUTC: true,
      textStyle: { fontFamily: FONT },
      grid: { ...(axis === undefined ? BARE_MARGINS : MARGINS), outerBoundsMode: 'none' },
      xAxis: timeAxis(options),
      yAxis: valueAxis(options),
      series: [
        ...(isStacked ? stackable(options.lines) : options.lines).map((line) => seriesOf(line, options)),
        ...(axis?.limits ?? []).map(limitLine),
      ],
    });
    return chart.renderToSVGString();
  } finally {
    // It would keep the process from ending.
    chart.dispose();
  }
}

function seriesOf({ color, values }: Line, { range, lines, isStacked, fillOpacity }: Plot): object {
  const points = values.map((value, step) => [(range.startSeconds + step * range.stepSeconds) * MILLISECONDS, value]);
  const isNeeded = (step: number): boolean =>
    isStacked || values[step - 1] !== values[step] || values[step] !== values[step + 1];
  return {
    ...QUIET_LINE,
    lineStyle: { width: LINE_WIDTH, color },
    // Several areas, one over the other, would hide what is behind them.
    ...((isStacked || lines.length === 1) && { areaStyle: { opacity: fillOpacity, color } }),
    ...(isStacked && { stack: 'all' }),
    // Between two equal ones a point changes nothing.
    data: points.filter((_, step) => isNeeded(step)),
  };
}

/** A dashed line from one end to the other, where the axis reaches it. */
function limitLine({ value, color }: Limit): object {
  const lineStyle = { color, width: 1, type: 'dashed' };
  return {
    ...QUIET_LINE,
    markLine: { silent: true, symbol: 'none', label: { show: false }, data: [{ yAxis: value, lineStyle }] },
  };
}

/** Where others have a value, a line of a stack needs one: what is not there adds nothing. A line that never does is left out. */
function stackable(lines: readonly Line[]): readonly Line[] {
  const filled = lines.map((line) => ({
    ...line,
    values: line.values.map((value, step) => value ?? (lines.some(({ values }) => values[step] !== null) ? 0 : null)),
  }));
  return filled.filter(({ values }) => values.some((value) => (value ?? 0) !== 0));
}
