// World: none. What becomes of whole dashboards: those that are committed, with answers that are made up.
import { describe, expect, it } from 'vitest';
import { dashboardPicture } from '../../../scripts/pictures/dashboard-picture.ts';
import { type DashboardJson, panelsOf, readDashboards } from '../../support/dashboard-files.ts';
import { textsOf } from './svg-texts.ts';
import { RANGE, syntheticAnswers } from './synthetic-answers.ts';

const HOSTILE = '<script>alert("&\u0000\ud800]]>")</script>';
const HARMLESS = '<script>alert("&\ufffd\ufffd]]>")</script>';
const BOARDS = readDashboards();

function draw(json: DashboardJson, value: string): string {
  return dashboardPicture(json, [{ label: 'Host', text: value }], syntheticAnswers(json, value));
}

function dashboardWith(panel: object): DashboardJson {
  const gridPos = { x: 0, y: 0, w: 24, h: 8 };
  const fieldConfig = { defaults: { unit: 'locale', min: 0 }, overrides: [] };
  const options = { legend: { calcs: ['lastNotNull', 'max'] } };
  const panels = [{ id: 1, type: 'stat', title: 'Only', gridPos, fieldConfig, options, ...panel }];
  return { uid: 'u', title: 'One panel', panels };
}

describe.each(BOARDS)('the picture of $dialect/$name', ({ json }) => {
  const texts = textsOf(draw(json, 'one'));

  it('has the title of each panel and of each row, in their order', () => {
    const titles = texts.filter(({ attributes }) => attributes['class'] === 'title').map(({ text }) => text);
    expect(titles).toEqual(panelsOf(json).map(({ title }) => title));
  });

  it('has something in each panel', () => {
    expect(texts.map(({ text }) => text)).not.toContain('No data');
  });

  it('stays a picture whatever the names are', () => {
    const picture = draw(json, HOSTILE);
    expect(picture).not.toContain('<script');
    expect(textsOf(picture).map(({ text }) => text)).toContain(HARMLESS);
  });
});

describe('the picture of a dashboard', () => {
  it('says what is chosen, the time, and that it is no screenshot', () => {
    const texts = textsOf(draw(dashboardWith({ type: 'row', panels: [] }), 'busy')).map(({ text }) => text);
    expect(texts).toEqual(expect.arrayContaining(['One panel', 'Host', 'busy', 'Time', '08:00 to 08:06 UTC']));
    expect(texts.join('\n')).toContain('not a screenshot of Grafana');
  });

  it('says where there is no data', () => {
    const json = dashboardWith({ type: 'timeseries', targets: [{ refId: 'A', expr: 'x', legendFormat: 'x' }] });
    const picture = dashboardPicture(json, [], { range: RANGE, panels: new Map() });
    expect(textsOf(picture).map(({ text }) => text)).toContain('No data');
  });

  it.each([
    ['a panel of another type', { type: 'piechart' }, 'piechart'],
    [
      'a row that hides its panels',
      { type: 'row', panels: [{ id: 2, type: 'stat', gridPos: { x: 0, y: 1, w: 1, h: 1 } }] },
      'collapsed',
    ],
    [
      'a number of another kind',
      { options: { graphMode: 'area', colorMode: 'background', reduceOptions: { calcs: ['lastNotNull'] } } },
      'background',
    ],
    [
      'lines stacked in another way',
      {
        type: 'timeseries',
        fieldConfig: { defaults: { min: 0, custom: { stacking: { mode: 'percent' } } }, overrides: [] },
      },
      'percent',
    ],
  ])('is an error where there is %s', (_, panel, message) => {
    const json = dashboardWith({ targets: [{ refId: 'A', expr: 'x', legendFormat: 'x' }], ...panel });
    expect(() => draw(json, 'one')).toThrow(message);
  });
});
