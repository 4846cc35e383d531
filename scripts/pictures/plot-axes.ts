// The axes of a plot, as Apache ECharts takes them.
import { EDGE, FAINT_INK } from './colors.ts';
import type { Line, Plot } from './plot.ts';

const FONT_PIXELS = 10.5;
const MARKS = 4;
const MAX_TIMES = 6;
const MINUTE_MS = 60_000;
/** Wide enough for a time and a gap. */
const TIME_PIXELS = 75;
const MILLISECONDS = 1_000;

export function timeAxis({ range, widthPixels, axis }: Plot): object {
  return {
    type: 'time',
    show: axis !== undefined,
    min: range.startSeconds * MILLISECONDS,
    max: range.endSeconds * MILLISECONDS,
    splitNumber: Math.min(MAX_TIMES, Math.floor(widthPixels / TIME_PIXELS)),
    minInterval: MINUTE_MS,
    axisLine: { lineStyle: { color: EDGE } },
    axisTick: { show: false },
    axisLabel: { formatter: '{HH}:{mm}', color: FAINT_INK, fontSize: FONT_PIXELS },
  };
}

/** A plot without an axis shows how the values change, one with an axis how great they are. */
export function valueAxis({ axis, lines, isStacked }: Plot): object {
  if (axis === undefined) return { type: 'value', show: false, scale: true };
  const { softMax, isWhole, steps = [], format } = axis;
  const highest = peak(lines, isStacked);
  const top = softMax !== undefined && highest <= softMax ? softMax : undefined;
  const [smallest = Number.POSITIVE_INFINITY] = steps;
  const step = highest < smallest * MARKS ? undefined : steps.find((one) => highest <= one * MARKS);
  return {
    type: 'value',
    min: 0,
    ...(step !== undefined && { max: Math.ceil(highest / step) * step, interval: step }),
    ...(top !== undefined && { max: top, interval: top / MARKS }),
    ...(isWhole && { minInterval: 1 }),
    splitNumber: MARKS,
    splitLine: { lineStyle: { color: EDGE, width: 0.7 } },
    axisLabel: { formatter: format, color: FAINT_INK, fontSize: FONT_PIXELS },
  };
}

function peak(lines: readonly Line[], isStacked: boolean): number {
  const steps = lines[0]?.values.map((_, step) => lines.map(({ values }) => values[step] ?? 0)) ?? [];
  return Math.max(
    ...steps.map((values) => (isStacked ? values.reduce((sum, value) => sum + value, 0) : Math.max(...values))),
  );
}
