// The ten socket tables of the IP Helper API: what is decoded stands in the bytes, and in no others.
import assert from 'node:assert/strict';
import { copyTcpTable, type TcpTable, type UdpTable, UNKNOWN_PID } from '../../../src/model/sockets.ts';
import { PartFailure } from '../../../src/sources/parts.ts';
import * as layouts from '../../../src/sources/windows/row-layouts.ts';
import * as decoder from '../../../src/sources/windows/table-decoder.ts';
import { asTable } from '../../sources/windows/table-bytes.ts';
import { expectTable, valueOrRefusal } from '../properties.ts';
import { choose, chosen, type FuzzTarget } from '../target.ts';

type Decode = (bytes: decoder.TableBytes, spent?: TcpTable) => TcpTable | UdpTable;

const { decodeTcp4Table, decodeTcp6Table, decodeUdp4Table, decodeUdp6Table } = decoder;
const TABLES: readonly (readonly [layouts.Udp4RowLayout, Decode])[] = [
  [layouts.TCP4_OWNER_PID_ROW, decodeTcp4Table],
  [layouts.TCP6_OWNER_PID_ROW, decodeTcp6Table],
  [layouts.UDP4_OWNER_PID_ROW, (bytes) => decodeUdp4Table(bytes)],
  [layouts.UDP6_OWNER_PID_ROW, (bytes) => decodeUdp6Table(bytes)],
  [layouts.TCP4_ROW, (bytes, spent) => decodeTcp4Table(bytes, spent, layouts.TCP4_ROW)],
  [layouts.TCP6_ROW, (bytes, spent) => decodeTcp6Table(bytes, spent, layouts.TCP6_ROW)],
  [layouts.UDP4_ROW, (bytes) => decodeUdp4Table(bytes, undefined, layouts.UDP4_ROW)],
  [layouts.UDP6_ROW, (bytes) => decodeUdp6Table(bytes, undefined, layouts.UDP6_ROW)],
  [layouts.BOUND_TCP4_ROW, (bytes, spent) => decodeTcp4Table(bytes, spent, layouts.BOUND_TCP4_ROW)],
  [layouts.BOUND_TCP6_ROW, (bytes, spent) => decodeTcp6Table(bytes, spent, layouts.BOUND_TCP6_ROW)],
];

/** MIB_TCP_STATE_LISTEN */
const LISTEN = 2;

export const windowsTables: FuzzTarget = {
  check(input) {
    const { choice, rest } = choose(TABLES, input);
    const [layout, decode] = choice;
    const bytes = asTable(rest);
    const table = valueOrRefusal(PartFailure, () => decode(bytes));
    if (table === undefined) return;
    assert.equal(table.length, bytes.words[0]);
    assert.ok(layout.firstRowBytes + table.length * layout.rowBytes <= bytes.byteLength);
    expectTable(table);
    expectLocalEnds(table, bytes, layout);
    // Memory that is used again leaves nothing of what stood in it.
    if ('state' in table) assert.deepEqual(copyTcpTable(decode(bytes, used(table)) as TcpTable), copyTcpTable(table));
  },
  taken: TABLES.flatMap(([layout], index) => chosen(index, ...[0, 1, 3].map((rows) => tableOf(layout, rows)))),
  others: chosen(0, tableOf(layouts.TCP4_OWNER_PID_ROW, 2).subarray(0, -1), '', Buffer.alloc(12, 0xff)),
};

/** Address, port and owner of each row are those of its bytes. */
function expectLocalEnds(
  table: TcpTable | UdpTable,
  { words }: decoder.TableBytes,
  layout: layouts.Udp4RowLayout,
): void {
  const memory = Buffer.from(words.buffer);
  const addressBytes = table.family === 'ipv4' ? 4 : 16;
  for (let row = 0; row < table.length; row++) {
    const at = layout.firstRowBytes + row * layout.rowBytes;
    const address = at + layout.localAddress * 4;
    const decoded = Buffer.from(table.localAddress.buffer, row * addressBytes, addressBytes);
    assert.deepEqual(decoded, memory.subarray(address, address + addressBytes));
    assert.equal(table.localPort[row], memory.readUInt16BE(at + layout.localPort * 4));
    assert.equal(table.pid[row], layout.pid === undefined ? UNKNOWN_PID : memory.readUInt32LE(at + layout.pid * 4));
  }
}

/** A table of the same rows, in whose columns other things stand; of IPv4 the scopes are always 0. */
function used(table: TcpTable): TcpTable {
  const copy = copyTcpTable(table);
  for (const column of [copy.state, copy.localAddress, copy.localPort, copy.remoteAddress, copy.remotePort, copy.pid])
    column.fill(0xff);
  for (const column of [copy.localScope, copy.remoteScope]) column.fill(table.family === 'ipv4' ? 0 : 0xff);
  return copy;
}

/** Rows whose bytes all differ, of which the first is a listener's where there are states. */
function tableOf({ firstRowBytes, rowBytes, ...columns }: layouts.Udp4RowLayout, rows: number): Buffer {
  const bytes = Buffer.from(Uint8Array.from({ length: firstRowBytes + rows * rowBytes }, (_, index) => index * 7));
  bytes.writeUInt32LE(rows);
  const { state } = columns as Partial<layouts.Tcp4RowLayout>;
  if (state !== undefined && rows > 0) bytes.writeUInt32LE(LISTEN, firstRowBytes + state * 4);
  return bytes;
}
