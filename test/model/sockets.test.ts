// World 1 (fixtures): the memory of the columnar socket tables.

import { describe, expect, test } from 'vitest';
import { createTcpTable, growTcpTable, type TcpTable } from '../../src/model/sockets.ts';

const COLUMNS = [
  'state',
  'localAddress',
  'localScope',
  'localPort',
  'remoteAddress',
  'remoteScope',
  'remotePort',
  'pid',
] as const;

/** A table whose every cell is different. */
function filledTable(length: number): TcpTable {
  const table = createTcpTable('ipv6', length);
  for (const [index, column] of COLUMNS.entries()) {
    for (let cell = 0; cell < table[column].length; cell++) table[column][cell] = index * 20 + cell + 1;
  }
  return table;
}

describe('a table that is to have more rows', () => {
  test('keeps its columns while they have room', () => {
    const table = filledTable(8);
    const grown = growTcpTable(table, 9);
    expect(grown.length).toBe(9);
    for (const column of COLUMNS) expect(grown[column]).toBe(table[column]);
    expect(table.length).toBe(8);
  });

  test('keeps its rows, in new columns, when they have not', () => {
    const table = filledTable(8);
    const grown = growTcpTable(table, 100);
    expect(grown).toMatchObject({ family: 'ipv6', length: 100 });
    for (const column of COLUMNS) {
      const cells = (table[column].length / table.pid.length) * table.length;
      expect(grown[column].length).toBeGreaterThanOrEqual((cells / table.length) * 100);
      expect([...grown[column].subarray(0, cells)]).toEqual([...table[column].subarray(0, cells)]);
    }
  });
});
