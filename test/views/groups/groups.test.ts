// World: none; pure.
import { describe, expect, it } from 'vitest';
import { blocksOf } from '../../../src/views/blocks.ts';
import { withChanges } from '../../../src/views/changes/changes.ts';
import type { Grouping } from '../../../src/views/endpoint.ts';
import { groupEndpoints } from '../../../src/views/groups/groups.ts';
import { ProcessTexts } from '../../../src/views/process-texts.ts';
import { type SnapshotRows, snapshotOf } from '../../support/snapshots.ts';
import { numbersOf } from '../counted-endpoints.ts';

const ROWS: SnapshotRows = {
  tcp4: [
    ['listen', '0.0.0.0', 443, '0.0.0.0', 0, 7],
    ['established', '192.0.2.1', 443, '203.0.113.5', 50_000, 7],
    ['close_wait', '192.0.2.1', 443, '203.0.113.6', 50_001, 8],
    ['established', '192.0.2.1', 40_000, '198.51.100.9', 5432, 7],
    ['established', '192.0.2.1', 40_001, '198.51.100.9', 5432, 8],
    ['time_wait', '192.0.2.1', 40_002, '198.51.100.9', 5432, 0],
  ],
  tcp6: [
    ['established', 'fe80::1%2', 40_000, 'fe80::9%2', 5432, 9],
    ['bound', '::', 40_003, '::', 0, 9],
  ],
  udp4: [['0.0.0.0', 443, 9]],
  processes: [
    [7, 'nginx', 'nginx.service'],
    [8, 'nginx', 'nginx.service'],
    [9, 'svchost.exe', 'DHCP', 'Dnscache'],
  ],
};

function groups(by: Grouping, rows: SnapshotRows = ROWS, before: SnapshotRows = rows) {
  const blocks = withChanges(snapshotOf(rows), snapshotOf(before));
  const all = groupEndpoints(blocks, numbersOf(blocks), by, new ProcessTexts([]));
  return all.slice(0, all.length);
}

describe('endpoints in groups', () => {
  it('by process have its name and services', () => {
    expect(groups('process')).toEqual([
      {
        cells: ['nginx', 'nginx.service'],
        total: 5,
        counts: { listen: 1, established: 3, close_wait: 1 },
        filter: { process: 'nginx', service: 'nginx.service' },
      },
      {
        cells: ['svchost.exe', 'DHCP,Dnscache'],
        total: 3,
        counts: { established: 1, bound: 1, udp: 1 },
        filter: { process: 'svchost.exe', service: 'DHCP,Dnscache' },
      },
      { cells: ['_none', ''], total: 1, counts: { time_wait: 1 }, filter: { process: '_none', service: '' } },
    ]);
  });

  it('by port tell TCP from UDP, and not the families', () => {
    expect(groups('port').slice(0, 3)).toEqual([
      {
        cells: ['tcp', '443'],
        total: 3,
        counts: { listen: 1, established: 1, close_wait: 1 },
        filter: { protocol: 'tcp', port: '443' },
      },
      { cells: ['tcp', '40000'], total: 2, counts: { established: 2 }, filter: { protocol: 'tcp', port: '40000' } },
      { cells: ['tcp', '40001'], total: 1, counts: { established: 1 }, filter: { protocol: 'tcp', port: '40001' } },
    ]);
    expect(groups('port').map(({ cells }) => cells.join())).toContain('udp,443');
  });

  it('by state have UDP for itself', () => {
    expect(groups('state').map(({ cells, total, filter }) => [...cells, total, filter])).toEqual([
      ['established', 4, { state: 'established' }],
      ['listen', 1, { state: 'listen' }],
      ['close_wait', 1, { state: 'close_wait' }],
      ['time_wait', 1, { state: 'time_wait' }],
      ['bound', 1, { state: 'bound' }],
      ['udp', 1, { protocol: 'udp' }],
    ]);
  });

  it('by destination are the outbound connections alone', () => {
    expect(groups('destination')).toEqual([
      {
        cells: ['nginx', 'nginx.service', '198.51.100.9', '5432'],
        total: 2,
        counts: { established: 2 },
        filter: { process: 'nginx', service: 'nginx.service', remote: '198.51.100.9:5432' },
      },
      {
        cells: ['_none', '', '198.51.100.9', '5432'],
        total: 1,
        counts: { time_wait: 1 },
        filter: { process: '_none', service: '', remote: '198.51.100.9:5432' },
      },
      {
        cells: ['svchost.exe', 'DHCP,Dnscache', 'fe80::9%2', '5432'],
        total: 1,
        counts: { established: 1 },
        filter: { process: 'svchost.exe', service: 'DHCP,Dnscache', remote: '[fe80::9%2]:5432' },
      },
    ]);
  });

  it('are those of the selection, though others listen', () => {
    const blocks = blocksOf(snapshotOf(ROWS));
    // Accepted, and opened; the listener itself is not selected.
    const some = groupEndpoints(blocks, Uint32Array.of(1, 3), 'destination', new ProcessTexts([]));
    expect(some.slice(0, 9).map(({ cells }) => cells[2])).toEqual(['198.51.100.9']);
  });

  it('are without what has closed, a listener too', () => {
    expect(groups('state', {}, ROWS)).toEqual([]);
    const { tcp4 = [], ...rest } = ROWS;
    const [, accepted] = tcp4;
    const rows = { ...rest, tcp4: accepted === undefined ? [] : [accepted] };
    expect(groups('destination', rows, ROWS).map(({ cells }) => cells[2])).toContain('203.0.113.5');
  });

  it('of equally many endpoints are in the order of what they are called', () => {
    const rows: SnapshotRows = {
      tcp4: [
        ['established', '192.0.2.1', 100, '203.0.113.10', 443, 8],
        ['established', '192.0.2.1', 20, '203.0.113.9', 443, 8],
        ['established', '192.0.2.1', 3, '203.0.113.9', 80, 8],
        ['syn_sent', '192.0.2.1', 4, '203.0.113.11', 80, 7],
      ],
      processes: [
        [7, 'a', 't'],
        [8, 'a', 's'],
      ],
    };
    const cells = (by: Grouping): readonly string[] => groups(by, rows).map((group) => group.cells.join(' '));
    expect(cells('port')).toEqual(['tcp 3', 'tcp 4', 'tcp 20', 'tcp 100']);
    expect(cells('destination')).toEqual([
      'a s 203.0.113.9 80',
      'a s 203.0.113.9 443',
      'a s 203.0.113.10 443',
      'a t 203.0.113.11 80',
    ]);
    const twoEach = { ...rows, tcp4: (rows.tcp4 ?? []).slice(2).toReversed() };
    expect(groups('process', twoEach).map((group) => group.cells.join(' '))).toEqual(['a s', 'a t']);
    expect(groups('state', twoEach).map((group) => group.cells.join(' '))).toEqual(['syn_sent', 'established']);
  });

  it('name the processes of the snapshot that a block is from', () => {
    const [one, other] = ['a', 'b'].map((name) =>
      blocksOf(snapshotOf({ families: ['ipv4'], udp4: [['0.0.0.0', 53, 7]], processes: [[7, name]] })),
    );
    const blocks = [...(one ?? []), ...(other ?? []).map((block) => ({ ...block, first: 1 + block.first }))];
    const all = groupEndpoints(blocks, numbersOf(blocks), 'process', new ProcessTexts([]));
    expect(all.slice(0, 9).map(({ cells, total }) => [cells[0], total])).toEqual([
      ['a', 1],
      ['b', 1],
    ]);
  });

  it('show names fit for a line', () => {
    const rows: SnapshotRows = { udp4: [['0.0.0.0', 53, 7]], processes: [[7, 'a\u202eb', 'c\u2066']] };
    expect(groups('process', rows).map(({ cells }) => cells)).toEqual([['a\\u202eb', 'c\\u2066']]);
  });
});
