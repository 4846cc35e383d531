// World: none.
import { describe, expect, it } from 'vitest';
import type { PanelAnswers } from '../../../scripts/pictures/answers.ts';
import { colorNamed, INK } from '../../../scripts/pictures/colors.ts';
import type { DrawnPanel } from '../../../scripts/pictures/panel-json.ts';
import { panelPicture } from '../../../scripts/pictures/panel-picture.ts';
import { type SvgText, textsOf } from './svg-texts.ts';
import { RANGE, seriesWith } from './synthetic-answers.ts';

type PanelOfKind = Pick<DrawnPanel, 'type' | 'targets' | 'options' | 'fieldConfig' | 'transformations'>;

const BOX = { x: 0, y: 0, widthPixels: 400, heightPixels: 300 };
const STEPS = [
  { value: null, color: 'green' },
  { value: 10, color: 'red' },
];
const THRESHOLDS = { mode: 'absolute', steps: STEPS };

function draw(panel: PanelOfKind, answers: PanelAnswers): readonly SvgText[] {
  const whole = { id: 1, title: 'Panel', gridPos: { x: 0, y: 0, w: 8, h: 8 }, ...panel };
  const picture = panelPicture(whole, BOX, { range: RANGE, panels: new Map([[1, answers]]) });
  return textsOf(picture);
}

function wordsOf(texts: readonly SvgText[]): readonly string[] {
  return texts.map(({ text }) => text);
}

function textIn(texts: readonly SvgText[], content: string): SvgText {
  const found = texts.find(({ text }) => text === content);
  if (found === undefined) throw new Error(`${content} is not among ${wordsOf(texts).join(', ')}`);
  return found;
}

describe('a stat', () => {
  const stat = (colorMode: string): PanelOfKind => ({
    type: 'stat',
    targets: [{ refId: 'A', expr: 'x' }],
    options: { colorMode, graphMode: 'area', reduceOptions: { calcs: ['lastNotNull'] } },
    fieldConfig: { defaults: { unit: 'locale', thresholds: THRESHOLDS }, overrides: [] },
  });

  it('is the last value that is one, in the color of its threshold', () => {
    const answers = new Map([['A', [seriesWith({}, 3, 2_000, Number.NaN)]]]);
    expect(textIn(draw(stat('value'), answers), '2,000').attributes['fill']).toBe(colorNamed('red'));
    expect(textIn(draw(stat('none'), answers), '2,000').attributes['fill']).toBe(INK);
  });

  it('is an error where there are several', () => {
    const answers = new Map([['A', [seriesWith({ a: '1' }, 1), seriesWith({ a: '2' }, 2)]]]);
    expect(() => draw(stat('value'), answers)).toThrow('has 2 numbers, and shows one');
  });
});

describe('a time series', () => {
  const fixed = { id: 'color', value: { mode: 'fixed', fixedColor: 'purple' } };
  const timeseries = (properties: readonly { id: string; value: unknown }[] = [fixed]): PanelOfKind => ({
    type: 'timeseries',
    targets: [{ refId: 'A', expr: 'x', legendFormat: '{{host}} {{state}}' }],
    options: { legend: { calcs: ['lastNotNull', 'max'] } },
    fieldConfig: {
      defaults: { unit: 's', min: 0, thresholds: THRESHOLDS },
      overrides: [{ matcher: { id: 'byName', options: 'a open' }, properties }],
    },
  });
  const answers = new Map([
    ['A', [seriesWith({ host: 'b' }, 1), seriesWith({ host: 'a', state: 'open' }, 2, 120, 30)]],
  ]);

  it('has a legend with the name, the last and the greatest value of each line, the greatest first', () => {
    const words = wordsOf(draw(timeseries(), answers)).filter((word) => !/:/.test(word));
    expect(words.slice(words.indexOf('Last'))).toEqual(['Last', 'Max', 'a open', '30 s', '2 mins', 'b ', '1 s', '1 s']);
  });

  it('has no line for what has no value', () => {
    const words = wordsOf(draw(timeseries(), new Map([['A', [seriesWith({ host: 'a' }, Number.NaN)]]])));
    expect(words).toEqual(['Panel', 'No data']);
  });

  it('draws a line in the color that its name has', () => {
    const panel = { id: 1, title: 'Panel', gridPos: { x: 0, y: 0, w: 8, h: 8 }, ...timeseries() };
    const picture = panelPicture(panel, BOX, { range: RANGE, panels: new Map([[1, answers]]) });
    expect(picture).toContain(`stroke="${colorNamed('purple')}"`);
  });

  it('counts the lines for which its legend has no room', () => {
    const many = Array.from({ length: 40 }, (_, index) => seriesWith({ host: `h${index}` }, index));
    const words = wordsOf(draw(timeseries(), new Map([['A', many]])));
    const named = words.filter((word) => /^h\d+/.test(word));
    expect(named.length).toBeGreaterThan(3);
    expect(words).toContain(`and ${40 - named.length} more`);
  });

  it('is an error where an option is not known, or a query has no legend', () => {
    expect(() => draw(timeseries([{ id: 'custom.drawStyle', value: 'bars' }]), answers)).toThrow('custom.drawStyle');
    const { fieldConfig } = timeseries();
    const withMore = {
      ...timeseries(),
      fieldConfig: { ...fieldConfig, defaults: { min: 0, custom: { drawStyle: 'bars' } } },
    };
    expect(() => draw(withMore, answers)).toThrow('"drawStyle"');
    const withMean = { ...timeseries(), options: { legend: { calcs: ['mean'] } } };
    expect(() => draw(withMean, answers)).toThrow('"mean"');
    const withoutLegend = { ...timeseries(), targets: [{ refId: 'A', expr: 'x' }] };
    expect(() => draw(withoutLegend, answers)).toThrow('no legend');
  });
});

describe('a table', () => {
  const colored = [
    { id: 'unit', value: 'locale' },
    { id: 'thresholds', value: THRESHOLDS },
    { id: 'custom.cellOptions', value: { type: 'color-text' } },
  ];
  const table: PanelOfKind = {
    type: 'table',
    targets: [{ refId: 'A', expr: 'x', instant: true }],
    options: { sortBy: [{ displayName: 'Count', desc: true }] },
    fieldConfig: { defaults: {}, overrides: [{ matcher: { id: 'byName', options: 'Count' }, properties: colored }] },
    transformations: [
      { id: 'merge', options: {} },
      {
        id: 'organize',
        options: { indexByName: { host: 0, Value: 1 }, renameByName: { host: 'Host', Value: 'Count' } },
      },
    ],
  };

  it('has its rows under its headers, and numbers in the color of their threshold', () => {
    const texts = draw(table, new Map([['A', [seriesWith({ host: 'a' }, 9), seriesWith({ host: 'b' }, 1_000)]]]));
    expect(wordsOf(texts)).toEqual(['Panel', 'Host', 'Count', 'b', '1,000', 'a', '9']);
    expect(textIn(texts, '1,000').attributes['fill']).toBe(colorNamed('red'));
    expect(textIn(texts, '9').attributes['fill']).toBe(colorNamed('green'));
    expect(textIn(texts, 'a').attributes['fill']).toBe(INK);
  });

  it('ends numbers where their column ends, and begins texts where it begins', () => {
    const texts = draw(table, new Map([['A', [seriesWith({ host: 'a' }, 9)]]]));
    expect(textIn(texts, '9').attributes).toMatchObject({ x: '390', 'text-anchor': 'end' });
    expect(textIn(texts, 'a').attributes).toMatchObject({ x: '10' });
    expect(textIn(texts, 'a').attributes).not.toHaveProperty('text-anchor');
  });

  it('shows the first rows, and says how many there are', () => {
    const hosts = Array.from({ length: 50 }, (_, index) => seriesWith({ host: `h${index}` }, index));
    const words = wordsOf(draw(table, new Map([['A', hosts]])));
    const shown = words.filter((word) => /^h\d+/.test(word));
    expect(shown.slice(0, 3)).toEqual(['h49', 'h48', 'h47']);
    expect(words).toContain(`1–${shown.length} of 50 rows`);
  });
});
