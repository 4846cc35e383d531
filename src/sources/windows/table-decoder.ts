// Decoding the socket tables of the IP Helper API: bytes in, columns out.
//
// Each decoder is one plain loop over 32-bit words (all offsets are multiples of four), for one protocol and family,
// whatever else a row holds: it makes no object a row, and looks only at whether an address is link-local.

import {
  ADDRESS_WORDS,
  createTcpTable,
  createUdpTable,
  type TcpTable,
  type UdpTable,
  UNKNOWN_PID,
} from '../../model/sockets.ts';
import { TCP_STATE_CODE } from '../../model/states.ts';
import { PartFailure } from '../parts.ts';
import {
  TCP4_OWNER_PID_ROW,
  TCP6_OWNER_PID_ROW,
  type Tcp4RowLayout,
  type Tcp6RowLayout,
  UDP4_OWNER_PID_ROW,
  UDP6_OWNER_PID_ROW,
  type Udp4RowLayout,
  type Udp6RowLayout,
} from './row-layouts.ts';

/** The bytes of a table, as 32-bit words of the host; what lies beyond `byteLength` was not returned. */
export interface TableBytes {
  readonly words: Uint32Array<ArrayBuffer>;
  readonly byteLength: number;
}

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

/**
 * A table of IPv4 connections, in the columns of `spent` where they fit. Without a column for owners every owner is
 * UNKNOWN_PID. Throws a PartFailure `malformed` when the rows do not fit into the bytes.
 */
export function decodeTcp4Table(
  bytes: TableBytes,
  spent?: TcpTable,
  layout: Tcp4RowLayout = TCP4_OWNER_PID_ROW,
): TcpTable {
  const table = createTcpTable('ipv4', countRows(bytes, layout), spent);
  const { length, state, localAddress, localPort, remoteAddress, remotePort, pid } = table;
  const { words } = bytes;
  const { rowWords } = layout;
  const owner = ownerColumn(layout);
  for (let index = 0, row = layout.firstRow; index < length; index += 1, row += rowWords) {
    state[index] = stateCode(words[row + layout.state] as number);
    localAddress[index] = words[row + layout.localAddress] as number;
    localPort[index] = portNumber(words[row + layout.localPort] as number);
    remoteAddress[index] = words[row + layout.remoteAddress] as number;
    remotePort[index] = portNumber(words[row + layout.remotePort] as number);
    pid[index] = words[row + owner] as number;
  }
  clearUnknownOwners(layout, table);
  clearRemoteOfListeners(table);
  return table;
}

/** A table of IPv6 connections, as above. */
export function decodeTcp6Table(
  bytes: TableBytes,
  spent?: TcpTable,
  layout: Tcp6RowLayout = TCP6_OWNER_PID_ROW,
): TcpTable {
  const table = createTcpTable('ipv6', countRows(bytes, layout), spent);
  const { length, state, localAddress, localScope, localPort, remoteAddress, remoteScope, remotePort, pid } = table;
  const { words } = bytes;
  const { rowWords } = layout;
  const owner = ownerColumn(layout);
  for (let index = 0, row = layout.firstRow; index < length; index += 1, row += rowWords) {
    state[index] = stateCode(words[row + layout.state] as number);
    copyAddress(words, row + layout.localAddress, localAddress, index);
    localScope[index] = scopeOf(words, row + layout.localAddress, row + layout.localScope);
    localPort[index] = portNumber(words[row + layout.localPort] as number);
    copyAddress(words, row + layout.remoteAddress, remoteAddress, index);
    remoteScope[index] = scopeOf(words, row + layout.remoteAddress, row + layout.remoteScope);
    remotePort[index] = portNumber(words[row + layout.remotePort] as number);
    pid[index] = words[row + owner] as number;
  }
  clearUnknownOwners(layout, table);
  clearRemoteOfListeners(table);
  return table;
}

/** A table of IPv4 UDP endpoints, as above. */
export function decodeUdp4Table(
  bytes: TableBytes,
  spent?: UdpTable,
  layout: Udp4RowLayout = UDP4_OWNER_PID_ROW,
): UdpTable {
  const table = createUdpTable('ipv4', countRows(bytes, layout), spent);
  const { length, localAddress, localPort, pid } = table;
  const { words } = bytes;
  const { rowWords } = layout;
  const owner = ownerColumn(layout);
  for (let index = 0, row = layout.firstRow; index < length; index += 1, row += rowWords) {
    localAddress[index] = words[row + layout.localAddress] as number;
    localPort[index] = portNumber(words[row + layout.localPort] as number);
    pid[index] = words[row + owner] as number;
  }
  clearUnknownOwners(layout, table);
  return table;
}

/** A table of IPv6 UDP endpoints, as above. */
export function decodeUdp6Table(
  bytes: TableBytes,
  spent?: UdpTable,
  layout: Udp6RowLayout = UDP6_OWNER_PID_ROW,
): UdpTable {
  const table = createUdpTable('ipv6', countRows(bytes, layout), spent);
  const { length, localAddress, localScope, localPort, pid } = table;
  const { words } = bytes;
  const { rowWords } = layout;
  const owner = ownerColumn(layout);
  for (let index = 0, row = layout.firstRow; index < length; index += 1, row += rowWords) {
    copyAddress(words, row + layout.localAddress, localAddress, index);
    localScope[index] = scopeOf(words, row + layout.localAddress, row + layout.localScope);
    localPort[index] = portNumber(words[row + layout.localPort] as number);
    pid[index] = words[row + owner] as number;
  }
  clearUnknownOwners(layout, table);
  return table;
}

/** The number of rows that the table says it has, once they are known to lie inside the bytes returned. */
function countRows({ words, byteLength }: TableBytes, { table, firstRowBytes, rowBytes }: Udp4RowLayout): number {
  const availableBytes = Math.min(byteLength, words.byteLength);
  if (availableBytes < firstRowBytes) {
    throw new PartFailure('malformed', `${table} has ${availableBytes} bytes, too few for a row count`);
  }
  const count = words[ROW_COUNT_WORD] as number;
  if (firstRowBytes + count * rowBytes > availableBytes) {
    throw new PartFailure(
      'malformed',
      `${table} says that it has ${count} rows of ${rowBytes} bytes, but only ${availableBytes} bytes were returned`,
    );
  }
  return count;
}

/** Where the owners stand; some other column in a table without them: clearUnknownOwners overwrites what comes of it. */
function ownerColumn(layout: Udp4RowLayout): number {
  return layout.pid ?? layout.localPort;
}

function clearUnknownOwners(layout: Udp4RowLayout, { length, pid }: UdpTable): void {
  if (layout.pid === undefined) pid.fill(UNKNOWN_PID, 0, length);
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
