// The bytes of sock_diag: a request for all sockets of one protocol, and the answers to it. Pure.

import { endianness } from 'node:os';
import type { AddressFamily, Protocol } from '../../model/sockets.ts';
import { PartFailure } from '../parts.ts';
import { finishRow, type RowsByFamily, type SocketRows } from './socket-rows.ts';
import { systemFailure } from './system-failure.ts';
import { ALL_STATES_MASK, SOCK_DIAG_STATE_CODES } from './tcp-states.ts';

/** Netlink headers are in the host's byte order; ports and addresses are in network order. */
const HOST_LITTLE_ENDIAN = endianness() === 'LE';

const TCPDIAG_GETSOCK = 18;
const SOCK_DIAG_BY_FAMILY = 20;
const NLMSG_NOOP = 1;
const NLMSG_ERROR = 2;
const NLMSG_DONE = 3;
const NLMSG_OVERRUN = 4;
const NLM_F_REQUEST_DUMP = 0x301;
const NLM_F_DUMP_INTR = 0x10;

/** struct nlmsghdr */
const HEADER = { length: 0, type: 4, flags: 6, sequence: 8, bytes: 16 } as const;
/** struct inet_diag_req_v2, behind the header */
const REQUEST = { family: 16, protocol: 17, states: 20, bytes: 72 } as const;
/** struct inet_diag_req, behind the header */
const TCP_REQUEST = { states: 68, bytes: 76 } as const;
/** struct inet_diag_msg, behind the header */
const ROW = {
  family: 16,
  state: 17,
  localPort: 20,
  remotePort: 22,
  localAddress: 24,
  remoteAddress: 40,
  interface: 56,
  inode: 84,
  bytes: 88,
} as const;

const FAMILY_NUMBERS = { ipv4: 2, ipv6: 10 } as const satisfies Record<AddressFamily, number>;
const PROTOCOL_NUMBERS = { tcp: 6, udp: 17 } as const satisfies Record<Protocol, number>;

/** The code of the failure of a dump that the kernel says was disturbed: to be repeated. */
export const DUMP_INTERRUPTED = 'NLM_F_DUMP_INTR';

/**
 * Whose sockets are asked for. The kernel has those of both families in one table: to read them together takes it half
 * the walks. It does so for TCP alone.
 */
export type DumpScope =
  | { readonly protocol: Protocol; readonly family: AddressFamily }
  | { readonly protocol: 'tcp'; readonly family: 'both' };

/** What was asked for, and by which number its answers are known. */
export type DumpRequest = DumpScope & { readonly sequence: number };

/**
 * The request as bytes: nlmsghdr and inet_diag_req_v2, or for both families inet_diag_req, which the kernel has kept from
 * before there was the other (include/uapi/linux/inet_diag.h, sock_diag(7)).
 */
export function encodeRequest(request: DumpRequest): Uint8Array {
  const { protocol, family } = request;
  if (family === 'both') {
    const view = requestMessage(request, TCP_REQUEST.bytes);
    view.setUint32(TCP_REQUEST.states, ALL_STATES_MASK, HOST_LITTLE_ENDIAN);
    return new Uint8Array(view.buffer);
  }
  const view = requestMessage(request, REQUEST.bytes);
  view.setUint8(REQUEST.family, FAMILY_NUMBERS[family]);
  view.setUint8(REQUEST.protocol, PROTOCOL_NUMBERS[protocol]);
  view.setUint32(REQUEST.states, ALL_STATES_MASK, HOST_LITTLE_ENDIAN);
  return new Uint8Array(view.buffer);
}

/** All but its header is still 0. */
function requestMessage(request: DumpRequest, bytes: number): DataView<ArrayBuffer> {
  const view = new DataView(new ArrayBuffer(bytes));
  view.setUint32(HEADER.length, bytes, HOST_LITTLE_ENDIAN);
  view.setUint16(HEADER.type, messageType(request), HOST_LITTLE_ENDIAN);
  view.setUint16(HEADER.flags, NLM_F_REQUEST_DUMP, HOST_LITTLE_ENDIAN);
  view.setUint32(HEADER.sequence, request.sequence, HOST_LITTLE_ENDIAN);
  return view;
}

/** Of the request, and of each row that answers it. */
function messageType({ family }: DumpRequest): number {
  return family === 'both' ? TCPDIAG_GETSOCK : SOCK_DIAG_BY_FAMILY;
}

/**
 * Appends the rows in the first `byteLength` bytes of one read to `rows`; IPv4-mapped ones to the ipv4 table.
 * Returns true when the dump is complete and false when there is more to read.
 * Throws a PartFailure: `malformed` when the bytes are not an answer to `request`, DUMP_INTERRUPTED or `ENOBUFS` when
 * the dump is to be repeated, and the errno's name when the kernel refuses or fails.
 */
export function parseAnswer(view: DataView, byteLength: number, request: DumpRequest, rows: RowsByFamily): boolean {
  if (byteLength > view.byteLength) {
    throw malformed(request, `a read of ${byteLength} bytes was cut off at ${view.byteLength}`);
  }
  if (byteLength === 0) throw malformed(request, 'the answer ended before NLMSG_DONE');
  for (let at = 0; at < byteLength; ) {
    const length = messageLength(view, at, byteLength, request);
    if (parseMessage(view, at, length, request, rows)) return true;
    at += (length + 3) & ~3;
  }
  return false;
}

function messageLength(view: DataView, at: number, end: number, request: DumpRequest): number {
  const left = end - at;
  const length = left < HEADER.bytes ? left : view.getUint32(at + HEADER.length, HOST_LITTLE_ENDIAN);
  if (length < HEADER.bytes || length > left) {
    throw malformed(request, `a message says ${length} bytes where ${left} are left`);
  }
  return length;
}

function parseMessage(view: DataView, at: number, length: number, request: DumpRequest, rows: RowsByFamily): boolean {
  const sequence = view.getUint32(at + HEADER.sequence, HOST_LITTLE_ENDIAN);
  if (sequence !== request.sequence) {
    throw malformed(request, `an answer to request ${sequence} came to request ${request.sequence}`);
  }
  if (view.getUint16(at + HEADER.flags, HOST_LITTLE_ENDIAN) & NLM_F_DUMP_INTR) {
    throw new PartFailure(DUMP_INTERRUPTED, `${dumpOf(request)}: the table changed while the kernel read it`);
  }
  const type = view.getUint16(at + HEADER.type, HOST_LITTLE_ENDIAN);
  switch (type) {
    case messageType(request):
      appendRow(view, at, length, request, rows);
      return false;
    case NLMSG_DONE:
      checkResult(view, at, length, request);
      return true;
    case NLMSG_ERROR:
      checkResult(view, at, length, request);
      throw malformed(request, 'an error message without an error');
    case NLMSG_OVERRUN:
      throw new PartFailure('ENOBUFS', `${dumpOf(request)}: the kernel lost part of the answer`);
    case NLMSG_NOOP:
      return false;
    default:
      throw malformed(request, `a message has the unexpected type ${type}`);
  }
}

function appendRow(view: DataView, at: number, length: number, request: DumpRequest, rows: RowsByFamily): void {
  if (length < ROW.bytes) throw malformed(request, `a row has ${length} bytes instead of ${ROW.bytes} or more`);
  const family = rowFamily(view.getUint8(at + ROW.family), request);
  const table = rows[family];
  const state = SOCK_DIAG_STATE_CODES[view.getUint8(at + ROW.state)] ?? 0;
  const row = table.append();
  table.setSocket(row, state, view.getUint32(at + ROW.inode, HOST_LITTLE_ENDIAN));
  table.localPort[row] = view.getUint16(at + ROW.localPort);
  table.remotePort[row] = view.getUint16(at + ROW.remotePort);
  writeAddresses(view, at, table, row);
  if (family === 'ipv6') {
    const scope = view.getUint32(at + ROW.interface, HOST_LITTLE_ENDIAN);
    table.localScope[row] = scope;
    table.remoteScope[row] = scope;
  }
  finishRow(rows, family);
}

function rowFamily(number: number, request: DumpRequest): AddressFamily {
  const family = number === FAMILY_NUMBERS.ipv4 ? 'ipv4' : number === FAMILY_NUMBERS.ipv6 ? 'ipv6' : undefined;
  if (family === undefined || (request.family !== family && request.family !== 'both')) {
    throw malformed(request, `a row has the family ${number}`);
  }
  return family;
}

/** Read and written in the host's order, whatever it is: the bytes in memory stay in network order. */
function writeAddresses(view: DataView, at: number, table: SocketRows, row: number): void {
  for (let word = 0; word < table.words; word++) {
    const to = row * table.words + word;
    table.localAddress[to] = view.getUint32(at + ROW.localAddress + word * 4, HOST_LITTLE_ENDIAN);
    table.remoteAddress[to] = view.getUint32(at + ROW.remoteAddress + word * 4, HOST_LITTLE_ENDIAN);
  }
}

/** The i32 behind the header of NLMSG_DONE and NLMSG_ERROR is 0 or a negative errno. */
function checkResult(view: DataView, at: number, length: number, request: DumpRequest): void {
  if (length < HEADER.bytes + 4) throw malformed(request, 'the last message has no result');
  const result = view.getInt32(at + HEADER.bytes, HOST_LITTLE_ENDIAN);
  if (result < 0) throw systemFailure(`${dumpOf(request)}: the kernel answers`, -result);
}

function malformed(request: DumpRequest, problem: string): PartFailure {
  return new PartFailure('malformed', `${dumpOf(request)}: ${problem}`);
}

function dumpOf({ protocol, family }: DumpRequest): string {
  return `sock_diag dump of ${protocol} over ${family === 'both' ? 'ipv4 and ipv6' : family}`;
}
