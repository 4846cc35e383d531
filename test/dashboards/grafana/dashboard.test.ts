// World: none. How a dashboard is put together from lines of panels.
import type { Dashboard, Panel, RowPanel } from '@grafana/grafana-foundation-sdk/dashboard';
import { describe, expect, it } from 'vitest';
import { dashboard, type Line } from '../../../dashboards/source/grafana/dashboard.ts';
import { stat } from '../../../dashboards/source/grafana/panels.ts';
import { DIALECTS, type DialectName } from '../../../dashboards/source/queries/dialect.ts';

function panel(title: string): ReturnType<typeof stat> {
  return stat({ title, description: 'A number.', unit: 'short', expr: 'up' });
}

function boardOf(lines: readonly Line[], name: DialectName = 'scraped'): Dashboard {
  return dashboard({ name: 'fleet', description: 'All hosts.', dialect: DIALECTS[name], lines });
}

function placesOf({ panels = [] }: Dashboard): unknown {
  return panels.map(({ title, gridPos }: Panel | RowPanel) => [title, gridPos?.x, gridPos?.y, gridPos?.w, gridPos?.h]);
}

describe('a dashboard', () => {
  it('has its panels side by side, in lines below each other', () => {
    const board = boardOf([
      { height: 4, panels: [panel('a'), panel('b'), panel('c')] },
      {
        height: 8,
        panels: [
          [14, panel('d')],
          [10, panel('e')],
        ],
      },
    ]);
    expect(placesOf(board)).toEqual([
      ['a', 0, 0, 8, 4],
      ['b', 8, 0, 8, 4],
      ['c', 16, 0, 8, 4],
      ['d', 0, 4, 14, 8],
      ['e', 14, 4, 10, 8],
    ]);
  });

  it('has the heading of a line above it', () => {
    const board = boardOf([
      { title: 'First', height: 4, panels: [panel('a')] },
      { title: 'Second', height: 4, panels: [panel('b')] },
    ]);
    expect(placesOf(board)).toEqual([
      ['First', 0, 0, 24, 1],
      ['a', 0, 1, 24, 4],
      ['Second', 0, 5, 24, 1],
      ['b', 0, 6, 24, 4],
    ]);
    expect(board.panels?.map(({ id }) => id)).toEqual([1, 2, 3, 4]);
  });

  it.each([
    ['too narrow', 23],
    ['too wide', 25],
  ])('is refused with a line that is %s', (_, columns) => {
    const lines = [{ title: 'Now', height: 4, panels: [[columns, panel('a')] as const] }];
    expect(() => boardOf(lines)).toThrow(`the line Now has ${columns} columns of 24`);
  });

  it('is told from its other dialect by its uid, its title and its tag', () => {
    const [scraped, otlp] = [boardOf([]), boardOf([], 'otlp')];
    expect([scraped.uid, otlp.uid]).toEqual(['netstat-fleet', 'netstat-otlp-fleet']);
    expect([scraped.title, otlp.title]).toEqual(['netstat: Fleet', 'netstat: Fleet (OTLP)']);
    expect([scraped.tags, otlp.tags]).toEqual([
      ['netstat-exporter', 'netstat-exporter-scraped'],
      ['netstat-exporter', 'netstat-exporter-otlp'],
    ]);
  });

  it('asks no more often than hosts push', () => {
    const intervals = (name: DialectName): unknown =>
      boardOf([{ height: 4, panels: [panel('a')] }], name).panels?.map((one) => 'targets' in one && one.targets);
    expect(intervals('scraped')).toEqual([[expect.not.objectContaining({ interval: expect.anything() })]]);
    expect(intervals('otlp')).toEqual([[expect.objectContaining({ interval: '1m' })]]);
  });

  it('lets choose the data source first', () => {
    expect(boardOf([]).templating.list?.map(({ name }) => name)).toEqual(['datasource', 'job', 'instance']);
  });

  it('has nothing that only the newest Grafana knows', () => {
    const text = JSON.stringify(boardOf([]));
    expect(text).not.toMatch(/"placement"|"allowCustomValue"|"auto"/);
    expect(boardOf([]).annotations).toEqual({ list: [] });
  });
});
