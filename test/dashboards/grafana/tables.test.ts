// World: none. How a table is put together from keys and queries.
import type { Panel } from '@grafana/grafana-foundation-sdk/dashboard';
import { describe, expect, it } from 'vitest';
import { table, type ValueColumn } from '../../../dashboards/source/grafana/tables.ts';

const OPEN: ValueColumn = {
  header: 'Open',
  expr: 'open',
  unit: 'short',
  limits: { warning: 1, critical: 2 },
  widthPixels: 80,
};
const IDLE: ValueColumn = { header: 'Idle', expr: 'idle' };

function built(...values: readonly [ValueColumn, ...ValueColumn[]]): Panel {
  return table({
    title: 'Processes',
    description: 'Who has them.',
    keys: [
      { header: 'Process', label: 'process', url: '/d/process' },
      { header: 'Services', label: 'services', widthPixels: 200 },
    ],
    values,
    sortedBy: 'Open',
  }).build();
}

function organized(panel: Panel): Record<string, Record<string, unknown>> {
  return panel.transformations?.find(({ id }) => id === 'organize')?.options;
}

describe('a table', () => {
  it('asks each of its queries for the latest values', () => {
    const query = { format: 'table', instant: true, range: false };
    expect(built(OPEN, IDLE).targets).toEqual([
      expect.objectContaining({ refId: 'A', expr: 'open', ...query }),
      expect.objectContaining({ refId: 'B', expr: 'idle', ...query }),
    ]);
  });

  it('has a dash in each query where a series may lack a label', () => {
    const panel = table({
      title: 'Processes',
      description: 'Who has them.',
      keys: [
        { header: 'Process', label: 'process' },
        { header: 'Services', label: 'services', mayBeEmpty: true },
      ],
      values: [OPEN, IDLE],
      sortedBy: 'Open',
    }).build();
    expect(panel.targets).toMatchObject([
      { expr: 'label_replace(open, "services", "-", "services", "")' },
      { expr: 'label_replace(idle, "services", "-", "services", "")' },
    ]);
  });

  it('makes one row of what has the same labels', () => {
    expect(built(OPEN, IDLE).transformations?.map(({ id }) => id)).toEqual(['merge', 'organize']);
  });

  it('has a header for each label and for the values of each query', () => {
    const { renameByName } = organized(built(OPEN, IDLE));
    expect(renameByName).toMatchObject({
      process: 'Process',
      services: 'Services',
      'Value #A': 'Open',
      'Value #B': 'Idle',
    });
  });

  it('has the keys before the values, in their order', () => {
    const { indexByName = {} } = organized(built(OPEN, IDLE));
    const names = ['process', 'services', 'Value #A', 'Value #B'];
    expect(names.map((name) => indexByName[name])).toEqual([0, 1, 2, 3]);
  });

  it('knows the values of its first query where no other has an answer, or there is no other', () => {
    expect(organized(built(OPEN, IDLE))['renameByName']).toMatchObject({ Value: 'Open' });
    expect(organized(built(OPEN))['renameByName']).toMatchObject({ Value: 'Open' });
  });

  it('hides the time and the job', () => {
    expect(organized(built(OPEN))['excludeByName']).toEqual({ Time: true, job: true });
  });

  it('has units, limits, widths and links by column', () => {
    const overrides = built(OPEN, IDLE).fieldConfig?.overrides.map(({ matcher, properties }) => [
      matcher.options,
      Object.fromEntries(properties.map(({ id, value }) => [id, value])),
    ]);
    expect(Object.fromEntries(overrides ?? [])).toEqual({
      Process: { links: [{ title: 'Show this process', url: '/d/process' }] },
      Services: { 'custom.width': 200 },
      Open: {
        unit: 'short',
        'custom.width': 80,
        'custom.cellOptions': { type: 'color-text' },
        thresholds: {
          mode: 'absolute',
          steps: [
            { value: null, color: 'green' },
            { value: 1, color: 'orange' },
            { value: 2, color: 'red' },
          ],
        },
      },
      Idle: { unit: expect.any(String) },
    });
  });

  it('is sorted, the greatest first', () => {
    expect(built(OPEN).options).toMatchObject({ sortBy: [{ displayName: 'Open', desc: true }] });
  });
});
