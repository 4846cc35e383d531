// The socket tables as text: net/tcp, tcp6, udp and udp6 of procfs (proc_pid_net(5)). Pure.

import type { AddressFamily } from '../../model/sockets.ts';
import { PartFailure } from '../parts.ts';
import { quote } from '../quote.ts';
import { ByteCursor, NEWLINE, SPACE } from './byte-cursor.ts';
import { finishRow, type RowsByFamily, type SocketRows } from './socket-rows.ts';
import { STATE_CODES } from './tcp-states.ts';

const COLON = 0x3a;

const HEADER = /^ *sl +local_address /;
/** Between the state and the inode: queues, timer, retransmits, uid, timeout. */
const FIELDS_BEFORE_INODE = 5;
const MAX_INODE = 0xffff_ffff;

/**
 * Appends a row for each line; IPv4-mapped ones to the ipv4 table. Reads the bytes in place, without a string a line.
 * Throws a PartFailure `malformed` that names `path` and quotes the line, also for a text without its header line; the
 * rows before it are there then, and are not a table.
 */
export function parseProcfsSockets(path: string, bytes: Uint8Array, family: AddressFamily, rows: RowsByFamily): void {
  if (!HEADER.test(lineAt(bytes, 0))) throw malformed(path, 1, bytes, 0);
  const cursor = new ByteCursor(bytes);
  cursor.skipLine();
  for (let line = 2; cursor.at < bytes.length; line++) {
    const start = cursor.at;
    if (!appendRow(cursor, rows[family])) throw malformed(path, line, bytes, start);
    finishRow(rows, family);
    cursor.skipLine();
  }
}

/** `  0: 0100007F:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1000  0 12345 1 …` */
function appendRow(cursor: ByteCursor, table: SocketRows): boolean {
  cursor.skipSpaces();
  cursor.decimal();
  cursor.expect(COLON);
  cursor.skipSpaces();
  const row = table.append();
  readEndpoint(cursor, table, row, table.localAddress, table.localPort);
  cursor.expect(SPACE);
  readEndpoint(cursor, table, row, table.remoteAddress, table.remotePort);
  cursor.expect(SPACE);
  const state = STATE_CODES[cursor.hex(2)] ?? 0;
  for (let field = 0; field < FIELDS_BEFORE_INODE; field++) cursor.skipField();
  cursor.expect(SPACE);
  const inode = cursor.decimal();
  cursor.expectEndOfField();
  table.setSocket(row, state, inode);
  return !cursor.failed && inode <= MAX_INODE;
}

/**
 * The kernel prints each word of an address as a number in the host's order: written as a number, its bytes in memory
 * are in network order again.
 */
function readEndpoint(
  cursor: ByteCursor,
  table: SocketRows,
  row: number,
  addresses: Uint32Array,
  ports: Uint16Array,
): void {
  for (let word = 0; word < table.words; word++) addresses[row * table.words + word] = cursor.hex(8);
  cursor.expect(COLON);
  ports[row] = cursor.hex(4);
}

function malformed(path: string, line: number, bytes: Uint8Array, start: number): PartFailure {
  return new PartFailure('malformed', `${path}: line ${line} cannot be read: ${quote(lineAt(bytes, start))}`);
}

function lineAt(bytes: Uint8Array, start: number): string {
  const newline = bytes.indexOf(NEWLINE, start);
  return Buffer.from(bytes.subarray(start, newline === -1 ? bytes.length : newline)).toString('latin1');
}
