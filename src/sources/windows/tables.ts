// Reading the TCP and UDP tables of one address family: GetExtendedTcpTable and GetExtendedUdpTable.

import {
  type AddressFamily,
  createTcpTable,
  createUdpTable,
  type TcpTable,
  type UdpTable,
} from '../../model/sockets.ts';
import { callFailure } from './call-failure.ts';
import {
  ERROR_INSUFFICIENT_BUFFER,
  ERROR_NO_DATA,
  ERROR_NOT_SUPPORTED,
  NO_ERROR,
  STATUS_UNSUCCESSFUL,
  TCP_TABLE_OWNER_PID_ALL,
  UDP_TABLE_OWNER_PID,
} from './codes.ts';
import type { FillCall } from './growing-buffer.ts';
import {
  decodeTcp4Table,
  decodeTcp6Table,
  decodeUdp4Table,
  decodeUdp6Table,
  type TableBytes,
} from './table-decoder.ts';
import { FAMILIES, type Windows } from './windows.ts';

const UNSORTED = 0;
const RESERVED = 0;

const DECODE_TCP = { ipv4: decodeTcp4Table, ipv6: decodeTcp6Table };
const DECODE_UDP = { ipv4: decodeUdp4Table, ipv6: decodeUdp6Table };

/** One kind of table: how to ask for it, what to call that in an error, and what to make of the answer. */
interface TableRequest<T> {
  readonly family: AddressFamily;
  readonly call: string;
  readonly ask: FillCall;
  readonly decode: (bytes: TableBytes) => T;
  readonly empty: () => T;
}

/** All TCP endpoints of a family with their owners, in the memory of `spent` where it fits. Undefined: the host does not have the family. Throws a PartFailure. */
export function readTcpTable(windows: Windows, family: AddressFamily, spent?: TcpTable): TcpTable | undefined {
  const { number, name } = FAMILIES[family];
  return readTable(windows, {
    family,
    call: `GetExtendedTcpTable(${name}, TCP_TABLE_OWNER_PID_ALL)`,
    ask: (words, size) =>
      windows.ipHelper.getExtendedTcpTable(words, size, UNSORTED, number, TCP_TABLE_OWNER_PID_ALL, RESERVED),
    decode: (bytes) => DECODE_TCP[family](bytes, spent),
    empty: () => createTcpTable(family, 0),
  });
}

/** All UDP endpoints of a family with their owners, as above. Undefined: the host does not have the family. Throws a PartFailure. */
export function readUdpTable(windows: Windows, family: AddressFamily, spent?: UdpTable): UdpTable | undefined {
  const { number, name } = FAMILIES[family];
  return readTable(windows, {
    family,
    call: `GetExtendedUdpTable(${name}, UDP_TABLE_OWNER_PID)`,
    ask: (words, size) =>
      windows.ipHelper.getExtendedUdpTable(words, size, UNSORTED, number, UDP_TABLE_OWNER_PID, RESERVED),
    decode: (bytes) => DECODE_UDP[family](bytes, spent),
    empty: () => createUdpTable(family, 0),
  });
}

function readTable<T>(windows: Windows, { family, call, ask, decode, empty }: TableRequest<T>): T | undefined {
  const answer = windows.buffer.fill(ask, ERROR_INSUFFICIENT_BUFFER, STATUS_UNSUCCESSFUL);
  if (answer.code === NO_ERROR) return decode(answer);
  if (answer.code === ERROR_NO_DATA) return empty();
  if (answer.code === ERROR_NOT_SUPPORTED && family === 'ipv6') return undefined;
  throw callFailure(windows.kernel32, call, answer.code, answer.gaveUp);
}
