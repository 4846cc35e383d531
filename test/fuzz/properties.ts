// What must hold for every input: a refusal is one short line of the module's own error, and tables are whole.
import assert from 'node:assert/strict';
import { ConfigError } from '../../src/config/error.ts';
import { ADDRESS_WORDS, NO_PID, type TcpTable, type UdpTable } from '../../src/model/sockets.ts';
import { TCP_STATE_CODE, TCP_STATES } from '../../src/model/states.ts';
import { PartFailure } from '../../src/sources/parts.ts';

/** In UTF-16 units: the longest lists all cipher suites that are allowed. */
const MAX_MESSAGE_LENGTH = 2_000;
/** Fit for a label. */
const CODE = /^\w{1,40}$/;
const LINE_END = /[\n\r]/;
/** What splits a line, or disguises it: what the configuration says goes to a terminal as it is. */
const UNFIT = /[\p{Cc}\p{Zl}\p{Zp}]/u;

// biome-ignore lint/suspicious/noExplicitAny: any error's class, whatever its constructor takes
type ErrorClass<T> = new (...args: any[]) => T;

/** What `action` returns; undefined where it refuses, with an error of this class. What else it throws is thrown. */
export function valueOrRefusal<T>(refusal: ErrorClass<Error>, action: () => T): T | undefined {
  try {
    return action();
  } catch (error) {
    expectRefusal(refusal, error);
    return undefined;
  }
}

/** The same for what takes its time. */
export async function settledOrRefusal<T>(refusal: ErrorClass<Error>, action: Promise<T>): Promise<T | undefined> {
  try {
    return await action;
  } catch (error) {
    expectRefusal(refusal, error);
    return undefined;
  }
}

let refusals = 0;

/** How often something was refused so far. */
export function countRefusals(): number {
  return refusals;
}

function expectRefusal(refusal: ErrorClass<Error>, error: unknown): void {
  if (!(error instanceof refusal)) throw error;
  refusals++;
  const { message } = error;
  assert.ok(message !== '' && message.length <= MAX_MESSAGE_LENGTH, `a message of ${message.length} characters`);
  assert.doesNotMatch(message, error instanceof ConfigError ? UNFIT : LINE_END);
  if (error instanceof PartFailure) assert.match(error.code, CODE);
}

/** Whole columns, known states, no other end of a listener, no scope where an address has none. */
export function expectTable(table: TcpTable | UdpTable): void {
  const words = ADDRESS_WORDS[table.family];
  for (const [column, each] of Object.entries({ localAddress: words, localScope: 1, localPort: 1, pid: 1 })) {
    assert.ok(columnOf(table, column).length >= table.length * each, `${column} is too short`);
  }
  for (let row = 0; row < table.length; row++) {
    expectScope(table.localAddress, table.localScope, row, words);
    if ('state' in table) expectConnection(table, row, words);
  }
}

function expectConnection(table: TcpTable, row: number, words: number): void {
  const state = table.state[row];
  assert.ok(state !== undefined && state < TCP_STATES.length, `there is no state ${state}`);
  expectScope(table.remoteAddress, table.remoteScope, row, words);
  if (state !== TCP_STATE_CODE.listen) return;
  const address = table.remoteAddress.subarray(row * words, (row + 1) * words);
  assert.ok(address.length === words && address.every((word) => word === 0), 'a listener has another end');
  assert.equal(table.remotePort[row], 0);
  assert.equal(table.remoteScope[row], 0);
}

function expectScope(addresses: Uint32Array, scopes: Uint32Array, row: number, words: number): void {
  const [first = 0, second = 0] = new Uint8Array(addresses.buffer, addresses.byteOffset + row * words * 4, 2);
  const isLinkLocal = words > 1 && first === 0xfe && (second & 0xc0) === 0x80;
  assert.ok(isLinkLocal || scopes[row] === 0, 'an address that is not link-local has a scope');
}

/** Of a table that still has its inodes: without one there is no owner. */
export function expectOwner(inode: number, pid: number): void {
  assert.equal(pid === NO_PID, inode === 0);
}

function columnOf(table: TcpTable | UdpTable, name: string): ArrayLike<number> {
  return Object.entries(table).find(([column]) => column === name)?.[1] ?? [];
}
