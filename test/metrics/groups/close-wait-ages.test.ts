// World: none; pure.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Aggregator } from '../../../src/metrics/aggregate.ts';
import { CloseWaitAges } from '../../../src/metrics/groups/close-wait-ages.ts';
import type { Snapshot } from '../../../src/model/snapshot.ts';
import { ADDRESS_FAMILIES, ADDRESS_WORDS, createTcpTable, type TcpTable } from '../../../src/model/sockets.ts';
import { TCP_STATE_CODE } from '../../../src/model/states.ts';
import { linesOf } from '../../support/samples.ts';
import { DEFAULT_SETTINGS } from '../../support/settings.ts';
import { snapshotOf } from '../../support/snapshots.ts';

const COLUMNS = [
  'localAddress',
  'localScope',
  'localPort',
  'remoteAddress',
  'remoteScope',
  'remotePort',
  'pid',
] as const;
type Column = (typeof COLUMNS)[number];

/** One connection, with a bit of one column inverted. */
function connection(family: TcpTable['family'], random: Uint32Array, column?: Column, bit = 0): TcpTable {
  const table = createTcpTable(family, 1);
  table.state[0] = TCP_STATE_CODE.close_wait;
  for (const name of COLUMNS) {
    const words = name.endsWith('Address') ? ADDRESS_WORDS[family] : 1;
    for (let word = 0; word < words; word++) table[name][word] = random[word] ?? 0;
  }
  if (column !== undefined) {
    const bits = table[column].BYTES_PER_ELEMENT * 8;
    const word = Math.floor(bit / bits) % (column.endsWith('Address') ? ADDRESS_WORDS[family] : 1);
    table[column][word] = (table[column][word] ?? 0) ^ (1 << (bit % bits));
  }
  return table;
}

it('a connection that differs from the one before in a single bit of an end, or of its owner, is another one', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...ADDRESS_FAMILIES),
      fc.uint32Array({ minLength: 4, maxLength: 4 }),
      fc.constantFrom(...COLUMNS),
      fc.nat(127),
      (family, random, column, bit) => {
        const ages = new CloseWaitAges();
        const sinceMs = (table: TcpTable, readAtMs: number): readonly number[] => {
          const snapshot = snapshotOf({});
          const tables = { ...snapshot.tables, [family === 'ipv4' ? 'tcp4' : 'tcp6']: table };
          ages.update({ ...snapshot, tables }, readAtMs);
          const all: number[] = [];
          ages.forEach((_pid, since) => {
            all.push(since);
          });
          return all;
        };
        expect(sinceMs(connection(family, random), 1)).toEqual([1]);
        expect(sinceMs(connection(family, random), 2)).toEqual([1]);
        expect(sinceMs(connection(family, random, column, bit), 3)).toEqual([3]);
      },
    ),
    { numRuns: 1_000 },
  );
});

it('what a host had of a family is forgotten when it does not have the family any more', () => {
  const aggregator = new Aggregator(DEFAULT_SETTINGS);
  const both = snapshotOf({
    tcp6: [['close_wait', '2001:db8::1', 80, '2001:db8::2', 50_000, 1]],
    processes: [[1, 'a']],
  });
  const ages = (snapshot: Snapshot, readAtMs: number): readonly string[] =>
    linesOf(aggregator.aggregate(snapshot, readAtMs), 'netstat_process_close_wait_oldest_seconds');
  expect(ages(both, 0)).toEqual(['process="a" 0']);
  expect(ages(snapshotOf({ families: ['ipv4'], processes: [[1, 'a']] }), 1_000)).toEqual([]);
  expect(ages(both, 2_000)).toEqual(['process="a" 0']);
  expect(ages(both, 3_000)).toEqual(['process="a" 1']);
});
