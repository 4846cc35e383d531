// Decoding the socket tables of GetExtendedTcpTable and GetExtendedUdpTable: bytes in, columns out.
//
// Each decoder is one plain loop over 32-bit words (all offsets are multiples of four), for one kind of row: it makes
// no object a row, and looks only at whether an address is link-local.

import { ADDRESS_WORDS, createTcpTable, createUdpTable, type TcpTable, type UdpTable } from '../../model/sockets.ts';
import { TCP_STATE_CODE } from '../../model/states.ts';
import { PartFailure } from '../parts.ts';
import { inWords, LAYOUTS } from './layouts.ts';

/** The bytes of a table, as 32-bit words of the host; what lies beyond `byteLength` was not returned. */
export interface TableBytes {
  readonly words: Uint32Array<ArrayBuffer>;
  readonly byteLength: number;
}

const TCP4_ROW = inWords(LAYOUTS.MIB_TCPROW_OWNER_PID);
const TCP6_ROW = inWords(LAYOUTS.MIB_TCP6ROW_OWNER_PID);
const UDP4_ROW = inWords(LAYOUTS.MIB_UDPROW_OWNER_PID);
const UDP6_ROW = inWords(LAYOUTS.MIB_UDP6ROW_OWNER_PID);

/** dwNumEntries is the first member of every table. */
const ROW_COUNT_WORD = 0;
const IPV6_WORDS = ADDRESS_WORDS.ipv6;
/** fe80::/10, as the first two bytes of an address in a little-endian word. */
const LINK_LOCAL_PREFIX = 0x80fe;
const LINK_LOCAL_MASK = 0xc0ff;
const LISTEN = TCP_STATE_CODE.listen;
const UNKNOWN = TCP_STATE_CODE.unknown;
/** MIB_TCP_STATE counts from 1, in the order of TCP_STATES; delete_tcb is its last. */
const FIRST_STATE = 1;
const LAST_STATE = FIRST_STATE + TCP_STATE_CODE.delete_tcb;

/** A table of MIB_TCPROW_OWNER_PID, in the columns of `spent` where they fit. Throws a PartFailure `malformed` when the rows do not fit into the bytes. */
export function decodeTcp4Table(bytes: TableBytes, spent?: TcpTable): TcpTable {
  const table = createTcpTable('ipv4', countRows(bytes, LAYOUTS.MIB_TCPROW_OWNER_PID), spent);
  const { length, state, localAddress, localPort, remoteAddress, remotePort, pid } = table;
  const { words } = bytes;
  const { size, firstRow } = TCP4_ROW;
  const { dwState, dwLocalAddr, dwLocalPort, dwRemoteAddr, dwRemotePort, dwOwningPid } = TCP4_ROW.fields;
  for (let index = 0, row = firstRow; index < length; index += 1, row += size) {
    state[index] = stateCode(words[row + dwState] as number);
    localAddress[index] = words[row + dwLocalAddr] as number;
    localPort[index] = portNumber(words[row + dwLocalPort] as number);
    remoteAddress[index] = words[row + dwRemoteAddr] as number;
    remotePort[index] = portNumber(words[row + dwRemotePort] as number);
    pid[index] = words[row + dwOwningPid] as number;
  }
  clearRemoteOfListeners(table);
  return table;
}

/** A table of MIB_TCP6ROW_OWNER_PID, as above. Throws a PartFailure `malformed` when the rows do not fit into the bytes. */
export function decodeTcp6Table(bytes: TableBytes, spent?: TcpTable): TcpTable {
  const table = createTcpTable('ipv6', countRows(bytes, LAYOUTS.MIB_TCP6ROW_OWNER_PID), spent);
  const { length, state, localAddress, localScope, localPort, remoteAddress, remoteScope, remotePort, pid } = table;
  const { words } = bytes;
  const { size, firstRow } = TCP6_ROW;
  const {
    dwState,
    ucLocalAddr,
    dwLocalScopeId,
    dwLocalPort,
    ucRemoteAddr,
    dwRemoteScopeId,
    dwRemotePort,
    dwOwningPid,
  } = TCP6_ROW.fields;
  for (let index = 0, row = firstRow; index < length; index += 1, row += size) {
    state[index] = stateCode(words[row + dwState] as number);
    copyAddress(words, row + ucLocalAddr, localAddress, index);
    localScope[index] = scopeOf(words, row + ucLocalAddr, row + dwLocalScopeId);
    localPort[index] = portNumber(words[row + dwLocalPort] as number);
    copyAddress(words, row + ucRemoteAddr, remoteAddress, index);
    remoteScope[index] = scopeOf(words, row + ucRemoteAddr, row + dwRemoteScopeId);
    remotePort[index] = portNumber(words[row + dwRemotePort] as number);
    pid[index] = words[row + dwOwningPid] as number;
  }
  clearRemoteOfListeners(table);
  return table;
}

/** A table of MIB_UDPROW_OWNER_PID, as above. Throws a PartFailure `malformed` when the rows do not fit into the bytes. */
export function decodeUdp4Table(bytes: TableBytes, spent?: UdpTable): UdpTable {
  const table = createUdpTable('ipv4', countRows(bytes, LAYOUTS.MIB_UDPROW_OWNER_PID), spent);
  const { length, localAddress, localPort, pid } = table;
  const { words } = bytes;
  const { size, firstRow } = UDP4_ROW;
  const { dwLocalAddr, dwLocalPort, dwOwningPid } = UDP4_ROW.fields;
  for (let index = 0, row = firstRow; index < length; index += 1, row += size) {
    localAddress[index] = words[row + dwLocalAddr] as number;
    localPort[index] = portNumber(words[row + dwLocalPort] as number);
    pid[index] = words[row + dwOwningPid] as number;
  }
  return table;
}

/** A table of MIB_UDP6ROW_OWNER_PID, as above. Throws a PartFailure `malformed` when the rows do not fit into the bytes. */
export function decodeUdp6Table(bytes: TableBytes, spent?: UdpTable): UdpTable {
  const table = createUdpTable('ipv6', countRows(bytes, LAYOUTS.MIB_UDP6ROW_OWNER_PID), spent);
  const { length, localAddress, localScope, localPort, pid } = table;
  const { words } = bytes;
  const { size, firstRow } = UDP6_ROW;
  const { ucLocalAddr, dwLocalScopeId, dwLocalPort, dwOwningPid } = UDP6_ROW.fields;
  for (let index = 0, row = firstRow; index < length; index += 1, row += size) {
    copyAddress(words, row + ucLocalAddr, localAddress, index);
    localScope[index] = scopeOf(words, row + ucLocalAddr, row + dwLocalScopeId);
    localPort[index] = portNumber(words[row + dwLocalPort] as number);
    pid[index] = words[row + dwOwningPid] as number;
  }
  return table;
}

type RowLayout = Extract<(typeof LAYOUTS)[keyof typeof LAYOUTS], { readonly table: object }>;

/** The number of rows that the table says it has, once they are known to lie inside the bytes returned. */
function countRows({ words, byteLength }: TableBytes, { size, table }: RowLayout): number {
  const availableBytes = Math.min(byteLength, words.byteLength);
  if (availableBytes < table.firstRow) {
    throw new PartFailure('malformed', `${table.name} has ${availableBytes} bytes, too few for a row count`);
  }
  const count = words[ROW_COUNT_WORD] as number;
  if (table.firstRow + count * size > availableBytes) {
    throw new PartFailure(
      'malformed',
      `${table.name} says that it has ${count} rows of ${size} bytes, but only ${availableBytes} bytes were returned`,
    );
  }
  return count;
}

/** A listener has no other end: what stands there is meaningless. They are few, so the loop over rows need not ask. */
function clearRemoteOfListeners({ family, length, state, remoteAddress, remoteScope, remotePort }: TcpTable): void {
  const addressWords = ADDRESS_WORDS[family];
  for (let index = state.indexOf(LISTEN); index >= 0 && index < length; index = state.indexOf(LISTEN, index + 1)) {
    for (let word = index * addressWords; word < (index + 1) * addressWords; word += 1) remoteAddress[word] = 0;
    remoteScope[index] = 0;
    remotePort[index] = 0;
  }
}

/** A port is the low 16 bits in network byte order; Windows leaves garbage in the others. */
function portNumber(word: number): number {
  return ((word & 0xff) << 8) | ((word >>> 8) & 0xff);
}

function stateCode(state: number): number {
  return state >= FIRST_STATE && state <= LAST_STATE ? state - FIRST_STATE : UNKNOWN;
}

/** An interface index, for a link-local address alone (fe80::/10): beside others Wine puts something else here. */
function scopeOf(words: Uint32Array, address: number, scope: number): number {
  const isLinkLocal = ((words[address] as number) & LINK_LOCAL_MASK) === LINK_LOCAL_PREFIX;
  return isLinkLocal ? (words[scope] as number) : 0;
}

function copyAddress(words: Uint32Array, from: number, addresses: Uint32Array, index: number): void {
  const to = index * IPV6_WORDS;
  addresses[to] = words[from] as number;
  addresses[to + 1] = words[from + 1] as number;
  addresses[to + 2] = words[from + 2] as number;
  addresses[to + 3] = words[from + 3] as number;
}
