// One read of a sock_diag dump: the bytes of netlink messages.
import assert from 'node:assert/strict';
import { type DumpRequest, parseAnswer } from '../../../src/sources/linux/inet-diag.ts';
import { createRows } from '../../../src/sources/linux/socket-rows.ts';
import { PartFailure } from '../../../src/sources/parts.ts';
import { type DiagRow, diagRow, done, failed, joined, message } from '../../sources/linux/netlink-bytes.ts';
import { expectOwner, expectTable, valueOrRefusal } from '../properties.ts';
import { choose, chosen, type FuzzTarget } from '../target.ts';

const REQUESTS: readonly DumpRequest[] = [
  { protocol: 'udp', family: 'ipv4', sequence: 1 },
  { protocol: 'udp', family: 'ipv6', sequence: 1 },
  { protocol: 'tcp', family: 'both', sequence: 1 },
];
const ROWS4: readonly DiagRow[] = [
  { state: 10, local: ['127.0.0.1', 9100], inode: 7 },
  { state: 1, local: ['10.0.0.1', 443], remote: ['10.9.8.7', 50_000], inode: 8, attributes: 7 },
];
const ROWS6: readonly DiagRow[] = [
  { state: 10, local: ['::', 80], inode: 9 },
  { state: 6, local: ['::ffff:10.0.0.1', 80], remote: ['::ffff:10.9.8.7', 50_001], attributes: 2 },
  { state: 1, local: ['fe80::1', 22], remote: ['fe80::2', 50_002], inode: 10, interface: 3 },
];
const rows4 = joined(...ROWS4.map(diagRow));
const rows6 = joined(...ROWS6.map(diagRow));
const both = joined(...[...ROWS4, ...ROWS6].map((row) => diagRow({ ...row, ofBoth: true })));
const INTERRUPTED = 0x10;

export const netlink: FuzzTarget = {
  check(bytes) {
    const { choice: request, rest } = choose(REQUESTS, bytes);
    const view = new DataView(rest.buffer, rest.byteOffset, rest.length);
    const rows = createRows();
    const isOver = valueOrRefusal(PartFailure, () => parseAnswer(view, rest.length, request, rows));
    if (isOver === undefined) return;
    assert.equal(rows.ipv4.length + rows.ipv6.length, countRows(view));
    if (request.family === 'ipv4') assert.equal(rows.ipv6.length, 0);
    for (const table of [rows.ipv4, rows.ipv6]) {
      expectTable(table.toTcpTable());
      for (let row = 0; row < table.length; row++) expectOwner(table.inode[row] ?? 0, table.pid[row] ?? 0);
    }
  },
  taken: [
    ...chosen(0, joined(rows4, done()), rows4, done(), message({ type: 1 })),
    ...chosen(1, joined(rows6, done()), rows6),
    ...chosen(2, joined(both, done()), both),
  ],
  others: [
    ...chosen(0, done(-4), failed(-1), message({ type: 4 }), message({ type: 3, flags: INTERRUPTED })),
    ...chosen(0, rows4.subarray(0, 100), joined(rows4, failed(0)), rows6),
  ],
};

/** Of an answer that was read to its end: messages of 4-byte steps, of which all but the last and the empty ones are rows. */
function countRows(view: DataView): number {
  let rows = 0;
  for (let at = 0; at < view.byteLength; at += Math.ceil(view.getUint32(at, true) / 4) * 4) {
    const type = view.getUint16(at + 4, true);
    if (type === 3) break;
    if (type !== 1) rows++;
  }
  return rows;
}
