// World: none.
import { describe, expect, it } from 'vitest';
import { type Plot, plot } from '../../../scripts/pictures/plot.ts';
import { textsOf } from './svg-texts.ts';
import { RANGE } from './synthetic-answers.ts';

const THREE_STEPS = { ...RANGE, endSeconds: RANGE.startSeconds + 2 * RANGE.stepSeconds };
const AXIS = { format: String, isWhole: true, limits: [] };
/** Without an axis the plot is the whole of it, but for two pixels at the top. */
const HEIGHT = 102;

function plotOf(options: Partial<Plot>): Plot {
  return {
    widthPixels: 300,
    heightPixels: HEIGHT,
    range: THREE_STEPS,
    lines: [],
    fillOpacity: 0.3,
    isStacked: false,
    ...options,
  };
}

/** How far up each point of a line is, in percent of the plot, with a gap as a break. */
function heightsOf(svg: string, color: string): readonly (readonly number[])[] {
  const [path = ''] = Array.from(svg.matchAll(/<path [^>]*>/g), ([one]) => one).filter((one) =>
    one.includes(`stroke="${color}"`),
  );
  const subpaths = /d="([^"]*)"/.exec(path)?.[1]?.split('M').slice(1) ?? [];
  return subpaths.map((one) => one.split('L').map((point) => Math.round(HEIGHT - Number(point.split(' ')[1]))));
}

describe('a plot', () => {
  it('draws stacked lines one upon the other, what is missing as nothing', () => {
    const lines = [
      { color: '#111111', values: [50, 0, 50] },
      { color: '#222222', values: [25, 25, null] },
      { color: '#333333', values: [25, 25, 25] },
    ];
    const stacked = plot(plotOf({ isStacked: true, lines: [...lines, { color: '#444444', values: [0, 50, 25] }] }));
    expect(heightsOf(stacked, '#111111')).toEqual([[50, 0, 50]]);
    expect(heightsOf(stacked, '#222222')).toEqual([[75, 25, 50]]);
    expect(heightsOf(stacked, '#333333')).toEqual([[100, 50, 75]]);
    expect(heightsOf(stacked, '#444444')).toEqual([[100, 100, 100]]);
  });

  it('draws other lines each for itself, and none where there is no value', () => {
    const lines = [
      { color: '#111111', values: [100, 0, 50] },
      { color: '#222222', values: [25, null, 75] },
    ];
    const apart = plot(plotOf({ lines }));
    expect(heightsOf(apart, '#111111')).toEqual([[100, 0, 50]]);
    expect(heightsOf(apart, '#222222')).toEqual([[25], [75]]);
  });

  it('begins at 0, goes up to its soft top, and beyond where a value is greater', () => {
    const marksOf = (values: readonly number[]): readonly string[] =>
      textsOf(plot(plotOf({ axis: { ...AXIS, softMax: 100 }, lines: [{ color: '#111111', values }] }))).map(
        ({ text }) => text,
      );
    expect(marksOf([10, 20, 30])).toEqual(expect.arrayContaining(['0', '25', '50', '75', '100']));
    expect(marksOf([10, 20, 300])).toEqual(expect.arrayContaining(['0', '300']));
  });

  it('shows nothing below 0', () => {
    const texts = textsOf(plot(plotOf({ axis: AXIS, lines: [{ color: '#111111', values: [-80, 0, 100] }] })));
    expect(texts.filter(({ text }) => text.startsWith('-'))).toEqual([]);
  });

  it('has marks at the given distances where values are great enough for them', () => {
    const axis = { ...AXIS, steps: [60, 300] };
    const texts = textsOf(plot(plotOf({ axis, lines: [{ color: '#111111', values: [0, 500, 1_000] }] })));
    expect(texts.map(({ text }) => text)).toEqual(expect.arrayContaining(['0', '300', '600', '900', '1200']));
  });

  it('has a dashed line at each limit', () => {
    const limits = [{ value: 50, color: '#abcdef' }];
    const lines = [{ color: '#111111', values: [0, 100, 0] }];
    const dashed = (svg: string): boolean =>
      /stroke-dasharray="[^"]+"[^>]*stroke="#abcdef"|stroke="#abcdef"[^>]*stroke-dasharray="[^"]+"/.test(svg);
    expect(dashed(plot(plotOf({ lines, axis: { ...AXIS, limits } })))).toBe(true);
    expect(dashed(plot(plotOf({ lines, axis: AXIS })))).toBe(false);
  });
});
