// The socket tables of procfs, as text.
import assert from 'node:assert/strict';
import { ADDRESS_FAMILIES } from '../../../src/model/sockets.ts';
import { parseProcfsSockets } from '../../../src/sources/linux/procfs-sockets.ts';
import { createRows } from '../../../src/sources/linux/socket-rows.ts';
import { PartFailure } from '../../../src/sources/parts.ts';
import { expectOwner, expectTable, valueOrRefusal } from '../properties.ts';
import { choose, chosen, type FuzzTarget, textOf } from '../target.ts';

const HEADER = '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n';
const REST = '00000000:00000000 00:00000000 00000000  1000        0 12345 1 0000000000000000 100 0 0 10 0\n';
const ROWS4 = `   0: 0100007F:1F90 00000000:0000 0A ${REST}   1: 0100007F:1F90 0100007F:C350 06 ${REST}`;
const ANY6 = '00000000000000000000000000000000';
const MAPPED6 = '0000000000000000FFFF00000100007F';
const LINK_LOCAL6 = '000080FE000000000000000001000000';
const ROWS6 = `   0: ${ANY6}:0050 ${ANY6}:0000 0A ${REST}   1: ${MAPPED6}:0050 ${MAPPED6}:C350 01 ${REST}`;

/** Up to the inode; the kernel pads with blanks. */
const LINE4 = /^ *\d+: *[\dA-F]{8}:[\dA-F]{4} +[\dA-F]{8}:[\dA-F]{4} +[\dA-F]{2}(?: +[^ ]*){5} +(\d+)(?: |$)/i;
const LINE6 = /^ *\d+: *[\dA-F]{32}:[\dA-F]{4} +[\dA-F]{32}:[\dA-F]{4} +[\dA-F]{2}(?: +[^ ]*){5} +(\d+)(?: |$)/i;

export const procfsSockets: FuzzTarget = {
  check(input) {
    const { choice: family, rest } = choose(ADDRESS_FAMILIES, input);
    const rows = createRows();
    const isRead = valueOrRefusal(PartFailure, () => {
      parseProcfsSockets('/proc/net/tcp', rest, family, rows);
      return true;
    });
    if (isRead === undefined) return;
    const { ipv4, ipv6 } = rows;
    const lines = textOf(rest).replace(/\n$/, '').split('\n').slice(1);
    assert.equal(ipv4.length + ipv6.length, lines.length);
    for (const line of lines) {
      const [, inode = ''] = (family === 'ipv4' ? LINE4 : LINE6).exec(line) ?? [];
      assert.ok(inode !== '' && Number(inode) <= 0xffff_ffff, `this is no row: ${line}`);
    }
    if (family === 'ipv4') assert.equal(ipv6.length, 0);
    for (const table of [ipv4, ipv6]) {
      expectTable(table.toTcpTable());
      for (let row = 0; row < table.length; row++) expectOwner(table.inode[row] ?? 0, table.pid[row] ?? 0);
    }
  },
  taken: [
    ...chosen(0, HEADER, HEADER + ROWS4),
    ...chosen(1, HEADER + ROWS6, `${HEADER}   2: ${LINK_LOCAL6}:0016 ${LINK_LOCAL6}:C351 01 ${REST}`),
  ],
  others: chosen(0, HEADER + ROWS4.slice(0, 90), ROWS4, HEADER + ROWS4.replaceAll('12345', '4294967296')),
  words: [HEADER, REST, MAPPED6, LINK_LOCAL6, ' 0A ', ' 4294967295 ', ' 4294967296 '],
};
