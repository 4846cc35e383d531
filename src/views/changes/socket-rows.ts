// The rows of a table as sockets that can be told apart: compared with each other, and as words of a key.

import { END_WORDS, type Ends, writeEnd } from '../../metrics/groups/endpoint-keys.ts';
import { ADDRESS_WORDS, type TcpTable, type UdpTable } from '../../model/sockets.ts';

/** A key: both ends, and what else has to be the same. */
const [LOCAL, REMOTE, STATE, PID, SOCKET_ID] = [
  0,
  END_WORDS,
  2 * END_WORDS,
  2 * END_WORDS + 1,
  2 * END_WORDS + 2,
] as const;
export const SOCKET_WORDS = SOCKET_ID + 1;
const NO_SOCKET_ID = 0;

/** What has to be the same beside the ends: all else, the OS's id for the socket, or nothing. */
export type Sameness = 'everything' | 'socket' | 'ends';

export class SocketRows {
  readonly length: number;
  readonly #local: Ends;
  readonly #remote: Ends | undefined;
  readonly #state: Uint8Array | undefined;
  readonly #pid: Uint32Array;
  readonly #socketId: Uint32Array | undefined;

  constructor(table: TcpTable | UdpTable) {
    const { family, length, localAddress, localScope, localPort, pid } = table;
    this.length = length;
    this.#local = { family, address: localAddress, scope: localScope, port: localPort };
    this.#pid = pid;
    if (!('state' in table)) return;
    this.#remote = { family, address: table.remoteAddress, scope: table.remoteScope, port: table.remotePort };
    this.#state = table.state;
    this.#socketId = table.socketId;
  }

  /** Whether the OS tells an id for the socket. */
  hasId(row: number): boolean {
    return this.#idOf(row) !== NO_SOCKET_ID;
  }

  /** Whether a row of another table of the same protocol and family is the same in everything. */
  isSame(row: number, other: SocketRows, otherRow: number): boolean {
    return (
      this.#pid[row] === other.#pid[otherRow] &&
      this.#state?.[row] === other.#state?.[otherRow] &&
      this.#idOf(row) === other.#idOf(otherRow) &&
      isSameEnd(this.#local, row, other.#local, otherRow) &&
      isSameEnd(this.#remote, row, other.#remote, otherRow)
    );
  }

  /** Keys are equal where the rows are the same in so much. */
  writeKey(key: Uint32Array, row: number, sameness: Sameness): void {
    writeEnd(key, LOCAL, this.#local, row);
    if (this.#remote !== undefined) writeEnd(key, REMOTE, this.#remote, row);
    key[STATE] = sameness === 'everything' ? (this.#state?.[row] ?? 0) : 0;
    key[PID] = sameness === 'everything' ? (this.#pid[row] as number) : 0;
    key[SOCKET_ID] = sameness === 'ends' ? NO_SOCKET_ID : this.#idOf(row);
  }

  #idOf(row: number): number {
    return this.#socketId?.[row] ?? NO_SOCKET_ID;
  }
}

/** Undefined are the other ends of UDP. */
function isSameEnd(one: Ends | undefined, row: number, other: Ends | undefined, otherRow: number): boolean {
  if (one === undefined || other === undefined) return true;
  if (one.port[row] !== other.port[otherRow] || one.scope[row] !== other.scope[otherRow]) return false;
  const words = ADDRESS_WORDS[one.family];
  for (let word = 0; word < words; word++) {
    if (one.address[row * words + word] !== other.address[otherRow * words + word]) return false;
  }
  return true;
}
