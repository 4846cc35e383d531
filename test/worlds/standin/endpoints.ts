// The tables that a test scripts: their endpoints, how they are handed to the C code, and the calls that it recorded.

import type { Script } from './script.ts';

/** With owners, without, and those of bound endpoints; as rows.h counts them. */
export const TABLES = [
  'tcp4',
  'tcp6',
  'udp4',
  'udp6',
  'plain_tcp4',
  'plain_tcp6',
  'plain_udp4',
  'plain_udp6',
  'bound_tcp4',
  'bound_tcp6',
] as const;
export type TableName = (typeof TABLES)[number];

/** What is left out is zero. Addresses are the bytes of the wire, four for IPv4 and sixteen for IPv6. */
export interface Endpoint {
  /** The number of MIB_TCP_STATE, or one outside of it. */
  readonly state?: number;
  readonly localAddress?: readonly number[];
  /** The upper 16 bits are put into the table as they are, as garbage beside the port. */
  readonly localPort?: number;
  readonly localScope?: number;
  readonly remoteAddress?: readonly number[];
  readonly remotePort?: number;
  readonly remoteScope?: number;
  readonly pid?: number;
}

/** A table, which may lie about its number of rows or its size. A bound table's size is that of its block in the heap. */
interface TableAnswerWithRows {
  readonly endpoints: readonly Endpoint[];
  /** So many rows of each endpoint, each with a process id one higher than the last. */
  readonly copies?: number;
  readonly rowCount?: number;
  readonly sizeBytes?: number;
}

export type TableAnswer =
  | TableAnswerWithRows
  /** A code, and the size that is told with it. */
  | { readonly code: number; readonly sizeBytes?: number }
  /** A call that never returns; and one that allocates nothing, though it says that it succeeded. */
  | { readonly manner: 'hangs' | 'gives null' };

/** What one call passed, as far as the function has such parameters. */
export interface TableCall {
  readonly hasTable: boolean;
  readonly sizeBytes: number;
  readonly sort: number;
  readonly family: number;
  readonly tableClass: number;
  readonly reserved: number;
  /** Which call it was, of all those for tables: 0 is the first. */
  readonly turn: number;
}

const ENDPOINT_BYTES = 56;
const CALL_WORDS = 7;
const MAX_CALLS = 64;
const MANNERS = ['returns', 'hangs', 'gives null'];

/** Returns 0 when the script is full. */
export function addTableAnswer(script: Script, name: TableName, answer: TableAnswer): number {
  const table = TABLES.indexOf(name);
  if ('manner' in answer) return script.addTableAnswer(table, 0, 0, 0, null, 0, 0, MANNERS.indexOf(answer.manner));
  if ('code' in answer) return script.addTableAnswer(table, answer.code, answer.sizeBytes ?? 0, 0, null, 0, 0, 0);
  const { endpoints, copies = 1, rowCount = endpoints.length * copies, sizeBytes = 0 } = answer;
  return script.addTableAnswer(table, 0, sizeBytes, rowCount, pack(endpoints), endpoints.length, copies, 0);
}

export function tableCalls(script: Script, name: TableName): TableCall[] {
  const words = new Uint32Array(CALL_WORDS * MAX_CALLS);
  const count = script.tableCalls(TABLES.indexOf(name), words);
  return Array.from({ length: count }, (_, index) => tableCall(words.subarray(index * CALL_WORDS)));
}

function tableCall(words: Uint32Array): TableCall {
  const [hasTable = 0, sizeBytes = 0, sort = 0, family = 0, tableClass = 0, reserved = 0, turn = 0] = words;
  return { hasTable: hasTable !== 0, sizeBytes, sort, family, tableClass, reserved, turn };
}

/** The endpoints as the C type `endpoint` of rows.h. */
function pack(endpoints: readonly Endpoint[]): Uint8Array {
  const bytes = new Uint8Array(endpoints.length * ENDPOINT_BYTES);
  for (const [index, endpoint] of endpoints.entries()) {
    packEndpoint(bytes.subarray(index * ENDPOINT_BYTES, (index + 1) * ENDPOINT_BYTES), endpoint);
  }
  return bytes;
}

function packEndpoint(bytes: Uint8Array, endpoint: Endpoint): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  view.setUint32(0, endpoint.state ?? 0, true);
  view.setUint32(4, endpoint.localPort ?? 0, true);
  view.setUint32(8, endpoint.localScope ?? 0, true);
  bytes.set(endpoint.localAddress ?? [], 12);
  view.setUint32(28, endpoint.remotePort ?? 0, true);
  view.setUint32(32, endpoint.remoteScope ?? 0, true);
  bytes.set(endpoint.remoteAddress ?? [], 36);
  view.setUint32(52, endpoint.pid ?? 0, true);
}
