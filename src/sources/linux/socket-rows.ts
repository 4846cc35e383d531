// Growing socket tables: what the parsers append rows to, with the inode that tells the owner.

import {
  ADDRESS_WORDS,
  type AddressFamily,
  NO_PID,
  type TcpTable,
  type UdpTable,
  UNKNOWN_PID,
} from '../../model/sockets.ts';
import { TCP_STATE_CODE } from '../../model/states.ts';
import { PartFailure } from '../parts.ts';

const FIRST_CAPACITY = 256;
/** Columns with more room than this many times what was used last are let go. */
const MAX_ROOM = 4;
/** More endpoints than any host has; what claims to have more is not believed. */
const MAX_ROWS = 2 ** 23;

/** The columns of a TcpTable and the inodes. A UDP table has them all too, and leaves the TCP ones out in the end. */
export class SocketRows {
  readonly family: AddressFamily;
  readonly words: number;
  length = 0;
  state = new Uint8Array();
  localAddress = new Uint32Array();
  localScope = new Uint32Array();
  localPort = new Uint16Array();
  remoteAddress = new Uint32Array();
  remoteScope = new Uint32Array();
  remotePort = new Uint16Array();
  pid = new Uint32Array();
  /** The socket's inode number; 0 where no process holds it. */
  inode = new Uint32Array();

  constructor(family: AddressFamily) {
    this.family = family;
    this.words = ADDRESS_WORDS[family];
    this.#setCapacity(FIRST_CAPACITY);
  }

  /** Takes all rows away, and keeps their memory for as many. Tables that were made of it are not to be looked at any more. */
  clear(): void {
    const used = Math.max(this.length, FIRST_CAPACITY);
    this.length = 0;
    if (this.state.length > MAX_ROOM * used) this.#setCapacity(used);
  }

  /** Adds a row and returns its index. All but the scopes, which are 0, is to be written: slack is not clean. */
  append(): number {
    if (this.length === this.state.length) this.#enlarge();
    const row = this.length++;
    this.localScope[row] = 0;
    this.remoteScope[row] = 0;
    return row;
  }

  /** Writes a row's state code and inode. Its owner is unknown so far, if it has one. */
  setSocket(row: number, state: number, inode: number): void {
    this.state[row] = state;
    this.inode[row] = inode;
    this.pid[row] = inode === 0 ? NO_PID : UNKNOWN_PID;
  }

  toTcpTable(): TcpTable {
    const { state, remoteAddress, remoteScope, remotePort, inode: socketId } = this;
    return { ...this.toUdpTable(), state, remoteAddress, remoteScope, remotePort, socketId };
  }

  toUdpTable(): UdpTable {
    const { family, length, localAddress, localScope, localPort, pid } = this;
    return { family, length, localAddress, localScope, localPort, pid };
  }

  #enlarge(): void {
    const capacity = this.length * 2;
    if (capacity > MAX_ROWS) {
      throw new PartFailure('too_many_rows', `reading sockets: more than ${MAX_ROWS} rows of ${this.family}`);
    }
    this.#setCapacity(capacity);
  }

  #setCapacity(rows: number): void {
    this.state = new Uint8Array(this.state.buffer.transfer(rows));
    this.localAddress = resized(this.localAddress, rows * this.words);
    this.localScope = resized(this.localScope, rows);
    this.localPort = new Uint16Array(this.localPort.buffer.transfer(rows * 2));
    this.remoteAddress = resized(this.remoteAddress, rows * this.words);
    this.remoteScope = resized(this.remoteScope, rows);
    this.remotePort = new Uint16Array(this.remotePort.buffer.transfer(rows * 2));
    this.pid = resized(this.pid, rows);
    this.inode = resized(this.inode, rows);
  }
}

/** Both families of one protocol: the kernel's IPv6 table holds rows of both. */
export type RowsByFamily = Readonly<Record<AddressFamily, SocketRows>>;

export function createRows(): RowsByFamily {
  return { ipv4: new SocketRows('ipv4'), ipv6: new SocketRows('ipv6') };
}

/** Returns a function that takes away all rows that were appended since. */
export function markRows(rows: RowsByFamily): () => void {
  const ipv4 = rows.ipv4.length;
  const ipv6 = rows.ipv6.length;
  return () => {
    rows.ipv4.length = ipv4;
    rows.ipv6.length = ipv6;
  };
}

/**
 * To be called when the last row of `family` is written: takes away what the kernel leaves in the remote columns of an
 * endpoint that has no other end, and the scope of what is not link-local; moves an IPv4-mapped row to the ipv4 table.
 */
export function finishRow(rows: RowsByFamily, family: AddressFamily): void {
  const table = rows[family];
  const row = table.length - 1;
  const state = table.state[row];
  if (state === TCP_STATE_CODE.listen || state === TCP_STATE_CODE.bound) {
    table.remoteAddress.fill(0, row * table.words, (row + 1) * table.words);
    table.remotePort[row] = 0;
    table.remoteScope[row] = 0;
  }
  if (family === 'ipv4') return;
  if (isMapped(table.localAddress, row)) {
    moveLastToIpv4(rows);
    return;
  }
  if (!isLinkLocal(table.localAddress, row)) table.localScope[row] = 0;
  if (!isLinkLocal(table.remoteAddress, row)) table.remoteScope[row] = 0;
}

function moveLastToIpv4({ ipv4, ipv6 }: RowsByFamily): void {
  const from = --ipv6.length;
  const to = ipv4.append();
  ipv4.setSocket(to, ipv6.state[from] ?? 0, ipv6.inode[from] ?? 0);
  ipv4.localAddress[to] = ipv6.localAddress[from * 4 + 3] ?? 0;
  ipv4.localPort[to] = ipv6.localPort[from] ?? 0;
  ipv4.remoteAddress[to] = ipv6.remoteAddress[from * 4 + 3] ?? 0;
  ipv4.remotePort[to] = ipv6.remotePort[from] ?? 0;
}

/** Words of addresses are in network order in memory: what they are compared with must be so too, on either host. */
const [MAPPED_WORD = 0, LINK_LOCAL_WORD = 0, LINK_LOCAL_MASK = 0] = new Uint32Array(
  Uint8Array.of(0, 0, 0xff, 0xff, 0xfe, 0x80, 0, 0, 0xff, 0xc0, 0, 0).buffer,
);

/** ::ffff:0:0/96 */
function isMapped(addresses: Uint32Array, row: number): boolean {
  const at = row * 4;
  return addresses[at] === 0 && addresses[at + 1] === 0 && addresses[at + 2] === MAPPED_WORD;
}

/** fe80::/10 */
function isLinkLocal(addresses: Uint32Array, row: number): boolean {
  return ((addresses[row * 4] ?? 0) & LINK_LOCAL_MASK) === (LINK_LOCAL_WORD | 0);
}

function resized(column: Uint32Array<ArrayBuffer>, length: number): Uint32Array<ArrayBuffer> {
  return new Uint32Array(column.buffer.transfer(length * 4));
}
