// World: none.
import { describe, expect, it } from 'vitest';
import type { DrawnPanel } from '../../../scripts/pictures/panel-json.ts';
import { tableRows } from '../../../scripts/pictures/table-rows.ts';
import { seriesWith } from './synthetic-answers.ts';

const ORGANIZE = {
  id: 'organize',
  options: {
    excludeByName: { Time: true, job: true },
    indexByName: { process: 0, services: 1, 'Value #A': 3, 'Value #B': 2 },
    renameByName: { process: 'Process', 'Value #A': 'Established', 'Value #B': 'Listen' },
  },
};

function tableOf(changes: Partial<DrawnPanel> = {}): DrawnPanel {
  return {
    id: 1,
    type: 'table',
    title: 'Processes',
    gridPos: { x: 0, y: 0, w: 24, h: 8 },
    options: { sortBy: [{ displayName: 'Established', desc: true }] },
    fieldConfig: { defaults: {}, overrides: [] },
    targets: [
      { refId: 'A', expr: '', instant: true },
      { refId: 'B', expr: '', instant: true },
    ],
    transformations: [{ id: 'merge', options: {} }, ORGANIZE],
    ...changes,
  };
}

describe('the rows of a table', () => {
  it('are one for what has the same labels, with a cell of each query', () => {
    const answers = new Map([
      ['A', [seriesWith({ job: 'j', process: 'a', services: 's' }, 1), seriesWith({ job: 'j', process: 'b' }, 2)]],
      ['B', [seriesWith({ job: 'j', process: 'a', services: 's' }, 7), seriesWith({ job: 'j', process: 'c' }, 9)]],
    ]);
    expect(tableRows(tableOf(), answers)).toEqual({
      headers: ['Process', 'services', 'Listen', 'Established'],
      rows: [
        { Process: 'b', services: '', Established: 2 },
        { Process: 'a', services: 's', Listen: 7, Established: 1 },
        { Process: 'c', services: '', Listen: 9 },
      ],
    });
  });

  it('take what a query says without a label to all rows that have it', () => {
    const answers = new Map([
      ['A', [seriesWith({ process: 'a', services: 's' }, 1), seriesWith({ process: 'a', services: 't' }, 2)]],
      ['B', [seriesWith({ process: 'a' }, 7)]],
    ]);
    expect(tableRows(tableOf(), answers).rows).toEqual([
      { Process: 'a', services: 't', Listen: 7, Established: 2 },
      { Process: 'a', services: 's', Listen: 7, Established: 1 },
    ]);
  });

  it('stay apart where they differ in what they have in common', () => {
    const answers = new Map([['A', [seriesWith({ process: 'a' }, 1), seriesWith({ process: 'a' }, 2)]]]);
    expect(tableRows(tableOf(), answers).rows).toHaveLength(2);
  });

  it('are sorted by value, upwards too; what has none is last', () => {
    const answers = new Map([
      ['A', [10, Number.NaN, 9, 100].map((value) => seriesWith({ process: `p${value}` }, value))],
    ]);
    const up = tableOf({ options: { sortBy: [{ displayName: 'Established', desc: false }] } });
    const order = (panel: DrawnPanel): unknown => tableRows(panel, answers).rows.map(({ Process }) => Process);
    expect(order(tableOf())).toEqual(['p100', 'p10', 'p9', 'pNaN']);
    expect(order(up)).toEqual(['p9', 'p10', 'p100', 'pNaN']);
  });

  it('call the values of a single query Value', () => {
    const panel = tableOf({ targets: [{ refId: 'A', expr: '', instant: true }] });
    expect(tableRows(panel, new Map([['A', [seriesWith({}, 4)]]])).headers).toEqual(['Value']);
  });

  it('are an error where they are transformed in another way', () => {
    const panel = tableOf({ transformations: [{ id: 'reduce', options: {} }] });
    expect(() => tableRows(panel, new Map())).toThrow('Processes does something else');
  });
});
