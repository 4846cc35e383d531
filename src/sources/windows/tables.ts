// Reading the TCP and UDP tables of one address family: with their owners, or without where Windows refuses that.

import type { AddressFamily, TcpTable, UdpTable } from '../../model/sockets.ts';
import { PartFailure, type PartNotes } from '../parts.ts';
import { callFailure } from './call-failure.ts';
import {
  ERROR_ACCESS_DENIED,
  ERROR_CALL_NOT_IMPLEMENTED,
  ERROR_INSUFFICIENT_BUFFER,
  ERROR_INVALID_PARAMETER,
  ERROR_NO_DATA,
  ERROR_NOT_SUPPORTED,
  NO_ERROR,
  STATUS_UNSUCCESSFUL,
  TCP_TABLE_OWNER_PID_ALL,
  UDP_TABLE_OWNER_PID,
} from './codes.ts';
import type { FillCall } from './growing-buffer.ts';
import { UNAVAILABLE } from './native-library.ts';
import { TCP4_ROW, TCP6_ROW, UDP4_ROW, UDP6_ROW } from './row-layouts.ts';
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
/** Any table with a row count of 0. */
const NO_ROWS: TableBytes = { words: new Uint32Array(1), byteLength: Uint32Array.BYTES_PER_ELEMENT };

/** What says that the call will not be answered, however often it is made: the older call may be. */
const REFUSALS: readonly string[] = [
  ...[ERROR_ACCESS_DENIED, ERROR_NOT_SUPPORTED, ERROR_INVALID_PARAMETER, ERROR_CALL_NOT_IMPLEMENTED].map(String),
  UNAVAILABLE,
];

/** How the tables of a family are decoded, and what the call without owners is. */
interface FamilyTables<T> {
  readonly decode: (bytes: TableBytes, spent?: T) => T;
  readonly older: {
    readonly name: string;
    readonly function: 'getTcpTable' | 'getTcp6Table' | 'getUdpTable' | 'getUdp6Table';
    readonly decode: (bytes: TableBytes, spent?: T) => T;
  };
}

const TCP_TABLES: Readonly<Record<AddressFamily, FamilyTables<TcpTable>>> = {
  ipv4: {
    decode: decodeTcp4Table,
    older: {
      name: 'GetTcpTable',
      function: 'getTcpTable',
      decode: (bytes, spent) => decodeTcp4Table(bytes, spent, TCP4_ROW),
    },
  },
  ipv6: {
    decode: decodeTcp6Table,
    older: {
      name: 'GetTcp6Table',
      function: 'getTcp6Table',
      decode: (bytes, spent) => decodeTcp6Table(bytes, spent, TCP6_ROW),
    },
  },
};

const UDP_TABLES: Readonly<Record<AddressFamily, FamilyTables<UdpTable>>> = {
  ipv4: {
    decode: decodeUdp4Table,
    older: {
      name: 'GetUdpTable',
      function: 'getUdpTable',
      decode: (bytes, spent) => decodeUdp4Table(bytes, spent, UDP4_ROW),
    },
  },
  ipv6: {
    decode: decodeUdp6Table,
    older: {
      name: 'GetUdp6Table',
      function: 'getUdp6Table',
      decode: (bytes, spent) => decodeUdp6Table(bytes, spent, UDP6_ROW),
    },
  },
};

/** One way to a table: what the call is called in an error, how it is made, and what to make of the answer. */
interface TableCall<T> {
  readonly name: string;
  readonly ask: FillCall;
  readonly decode: (bytes: TableBytes, spent?: T) => T;
}

interface TableRequest<T> {
  readonly family: AddressFamily;
  readonly withOwners: TableCall<T>;
  readonly withoutOwners: TableCall<T>;
  readonly spent: T | undefined;
}

/**
 * All TCP endpoints of a family, in the memory of `spent` where it fits. Undefined: the host does not have the family.
 * Where only the call without owners is answered, `notes` gets an error and every owner is UNKNOWN_PID. Throws a PartFailure.
 */
export function readTcpTable(
  windows: Windows,
  family: AddressFamily,
  notes: PartNotes,
  spent?: TcpTable,
): TcpTable | undefined {
  const { number, name } = FAMILIES[family];
  const { decode, older } = TCP_TABLES[family];
  const withOwners: TableCall<TcpTable> = {
    name: `GetExtendedTcpTable(${name}, TCP_TABLE_OWNER_PID_ALL)`,
    ask: (words, size) =>
      windows.ipHelper.getExtendedTcpTable(words, size, UNSORTED, number, TCP_TABLE_OWNER_PID_ALL, RESERVED),
    decode,
  };
  const withoutOwners = olderCall(windows, older);
  return readTable(windows, notes, { family, withOwners, withoutOwners, spent });
}

/** All UDP endpoints of a family, as above. */
export function readUdpTable(
  windows: Windows,
  family: AddressFamily,
  notes: PartNotes,
  spent?: UdpTable,
): UdpTable | undefined {
  const { number, name } = FAMILIES[family];
  const { decode, older } = UDP_TABLES[family];
  const withOwners: TableCall<UdpTable> = {
    name: `GetExtendedUdpTable(${name}, UDP_TABLE_OWNER_PID)`,
    ask: (words, size) =>
      windows.ipHelper.getExtendedUdpTable(words, size, UNSORTED, number, UDP_TABLE_OWNER_PID, RESERVED),
    decode,
  };
  const withoutOwners = olderCall(windows, older);
  return readTable(windows, notes, { family, withOwners, withoutOwners, spent });
}

function olderCall<T>({ ipHelper }: Windows, { name, function: key, decode }: FamilyTables<T>['older']): TableCall<T> {
  return { name, ask: (words, size) => ipHelper[key](words, size, UNSORTED), decode };
}

function readTable<T>(windows: Windows, notes: PartNotes, request: TableRequest<T>): T | undefined {
  const { withOwners, withoutOwners } = request;
  try {
    return makeCall(windows, request, withOwners);
  } catch (refusal) {
    if (!(refusal instanceof PartFailure && REFUSALS.includes(refusal.code))) throw refusal;
    const table = makeCallAfter(refusal, windows, request);
    if (table === undefined) return undefined;
    notes.error = {
      code: refusal.code,
      message: `${refusal.message}; read without owners, by ${withoutOwners.name}`,
    };
    return table;
  }
}

/** The call without owners, after the one with them was refused. What fails here is told, but the refusal is the failure. */
function makeCallAfter<T>(refusal: PartFailure, windows: Windows, request: TableRequest<T>): T | undefined {
  try {
    return makeCall(windows, request, request.withoutOwners);
  } catch (error) {
    if (!(error instanceof PartFailure)) throw error;
    const isSame = error.message === refusal.message;
    throw isSame ? refusal : new PartFailure(refusal.code, `${refusal.message}; without owners: ${error.message}`);
  }
}

function makeCall<T>(windows: Windows, { family, spent }: TableRequest<T>, call: TableCall<T>): T | undefined {
  const answer = windows.buffer.fill(call.ask, ERROR_INSUFFICIENT_BUFFER, STATUS_UNSUCCESSFUL);
  if (answer.code === NO_ERROR) return call.decode(answer, spent);
  if (answer.code === ERROR_NO_DATA) return call.decode(NO_ROWS, spent);
  if (answer.code === ERROR_NOT_SUPPORTED && family === 'ipv6') return undefined;
  throw callFailure(windows.kernel32, call.name, answer.code, answer.gaveUp);
}
