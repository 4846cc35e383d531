// World 1 (fixtures): joining the bound endpoints with the table of their family.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  ADDRESS_WORDS,
  type AddressFamily,
  createTcpTable,
  type TcpTable,
  UNKNOWN_PID,
} from '../../../src/model/sockets.ts';
import { TCP_STATE_CODE } from '../../../src/model/states.ts';
import { withBound } from '../../../src/sources/windows/bound-merge.ts';
import { rows } from './table-rows.ts';

type Endpoint = readonly [port: number, pid: number];

function tableOf(family: AddressFamily, state: 'bound' | 'listen', endpoints: readonly Endpoint[]): TcpTable {
  const table = createTcpTable(family, endpoints.length);
  for (const [row, [port, pid]] of endpoints.entries()) {
    table.state[row] = TCP_STATE_CODE[state];
    table.localPort[row] = port;
    table.pid[row] = pid;
    table.localScope[row] = row + 1;
    table.remoteScope[row] = row + 2;
    table.remotePort[row] = row + 3;
    for (let word = 0; word < ADDRESS_WORDS[family]; word++) {
      table.localAddress[row * ADDRESS_WORDS[family] + word] = port * 10 + word;
      table.remoteAddress[row * ADDRESS_WORDS[family] + word] = port * 20 + word;
    }
  }
  return table;
}

function endpointsOf(table: TcpTable): (Endpoint | string)[][] {
  return rows(table).map(({ state = '', localPort = -1, pid = -1 }) => [state, [localPort, pid]]);
}

describe.each(['ipv4', 'ipv6'] as const)('the bound endpoints of %s', (family) => {
  test('stand behind the others, whole', () => {
    const bound = tableOf(family, 'bound', [
      [5000, 77],
      [5001, 78],
    ]);
    const joined = withBound(tableOf(family, 'listen', [[80, 4]]), bound);
    expect(rows(joined).slice(1)).toEqual(rows(bound));
    expect(rows(joined)).toHaveLength(3);
  });

  test('are left out where their process has the port in the table already', () => {
    const table = tableOf(family, 'listen', [
      [80, 4],
      [443, 9],
    ]);
    const bound = tableOf(family, 'bound', [
      [443, 9],
      [443, 8],
      [80, 9],
    ]);
    expect(endpointsOf(withBound(table, bound)).slice(2)).toEqual([
      ['bound', [443, 8]],
      ['bound', [80, 9]],
    ]);
  });

  test('are left out where the table has the port and cannot tell whose it is', () => {
    const table = tableOf(family, 'listen', [[80, UNKNOWN_PID]]);
    const bound = tableOf(family, 'bound', [
      [80, 4],
      [81, 4],
    ]);
    expect(endpointsOf(withBound(table, bound)).slice(1)).toEqual([['bound', [81, 4]]]);
  });

  test('are all there once, whatever the tables hold', () => {
    const endpoint = fc.tuple(fc.constantFrom(0, 1, 80, 65_535), fc.constantFrom(1, 4, 65_537, 0xffff_fffe));
    fc.assert(
      fc.property(fc.array(endpoint), fc.uniqueArray(endpoint, { selector: String }), (listed, boundOnes) => {
        const joined = withBound(tableOf(family, 'listen', listed), tableOf(family, 'bound', boundOnes));
        const isListed = (one: Endpoint): boolean => listed.some((other) => String(other) === String(one));
        expect(endpointsOf(joined)).toEqual([
          ...listed.map((one) => ['listen', [...one]]),
          ...boundOnes.filter((one) => !isListed(one)).map((one) => ['bound', [...one]]),
        ]);
      }),
    );
  });

  test('change nothing where there are none', () => {
    const table = tableOf(family, 'listen', [[80, 4]]);
    expect(withBound(table, undefined)).toBe(table);
    expect(withBound(table, tableOf(family, 'bound', []))).toBe(table);
  });
});
