// Since when each connection is in the state close_wait, as far as this program has seen.

import type { Snapshot } from '../../model/snapshot.ts';
import { ADDRESS_FAMILIES, ADDRESS_WORDS, type AddressFamily, type TcpTable } from '../../model/sockets.ts';
import { TCP_STATE_CODE } from '../../model/states.ts';
import { KeyTable } from '../counting/key-table.ts';

/** Of each family. Those beyond have no age until others are gone: a host with so many has other worries. */
const MAX_CONNECTIONS = 2 ** 18;
const FIRST_CAPACITY = 64;
const NO_SOCKET_ID = 0;
/** Where the addresses begin in a key: behind the ports and the two scopes. */
const ADDRESSES = 3;

/**
 * Kept from one collection to the next. Between the same ends it is the same connection while the OS has the same id for
 * the socket; where it has none, while the owner is the same.
 */
export class CloseWaitAges {
  readonly #families: Readonly<Record<AddressFamily, FamilyAges>> = {
    ipv4: new FamilyAges('ipv4'),
    ipv6: new FamilyAges('ipv6'),
  };

  /**
   * Takes note of what is in close_wait now, and forgets what is not any more; but nothing of a table that was not read.
   * `readAtMs` is when reading began, by a clock that nobody sets.
   */
  update({ tables, parts }: Snapshot, readAtMs: number): void {
    for (const family of ADDRESS_FAMILIES) {
      const name = family === 'ipv4' ? 'tcp4' : 'tcp6';
      const table = tables[name];
      if (table !== undefined) this.#families[family].update(table, readAtMs);
      else if (parts[name] === undefined) this.#families[family].clear();
    }
  }

  /** Calls back once for each connection, with its owner and the time when it was first seen in the state. */
  forEach(visit: (pid: number, sinceMs: number) => void): void {
    for (const family of ADDRESS_FAMILIES) this.#families[family].forEach(visit);
  }
}

/** The connections of one collection in close_wait, by their ends. */
class Connections {
  readonly keys: KeyTable;
  sinceMs = new Float64Array(FIRST_CAPACITY);
  pids = new Uint32Array(FIRST_CAPACITY);
  socketIds = new Uint32Array(FIRST_CAPACITY);

  constructor(width: number) {
    this.keys = new KeyTable(width);
  }

  /** Adds the one whose key is written, or overwrites it. */
  add(pid: number, socketId: number, sinceMs: number): void {
    const number = this.keys.add();
    if (number === this.pids.length) this.#grow(number * 2);
    this.pids[number] = pid;
    this.socketIds[number] = socketId;
    this.sinceMs[number] = sinceMs;
  }

  #grow(capacity: number): void {
    this.sinceMs = new Float64Array(this.sinceMs.buffer.transfer(capacity * Float64Array.BYTES_PER_ELEMENT));
    this.pids = new Uint32Array(this.pids.buffer.transfer(capacity * Uint32Array.BYTES_PER_ELEMENT));
    this.socketIds = new Uint32Array(this.socketIds.buffer.transfer(capacity * Uint32Array.BYTES_PER_ELEMENT));
  }
}

/** A connection begins anew that was in another state, or not there, in a collection between. */
class FamilyAges {
  readonly #addressWords: number;
  #now: Connections;
  #before: Connections;

  constructor(family: AddressFamily) {
    this.#addressWords = ADDRESS_WORDS[family];
    const width = ADDRESSES + 2 * this.#addressWords;
    this.#now = new Connections(width);
    this.#before = new Connections(width);
  }

  update(table: TcpTable, readAtMs: number): void {
    [this.#now, this.#before] = [this.#before, this.#now];
    this.#now.keys.clear();
    // Those that are known first, so that they keep their places where there are too many.
    this.#forEachRow(table, (pid, socketId, sinceMs) => {
      if (sinceMs !== undefined) this.#add(pid, socketId, sinceMs);
    });
    this.#forEachRow(table, (pid, socketId, sinceMs) => {
      if (sinceMs === undefined) this.#add(pid, socketId, readAtMs);
    });
  }

  clear(): void {
    this.#now.keys.clear();
  }

  forEach(visit: (pid: number, sinceMs: number) => void): void {
    const { keys, pids, sinceMs } = this.#now;
    for (let number = 0; number < keys.length; number++) visit(pids[number] as number, sinceMs[number] as number);
  }

  #add(pid: number, socketId: number, sinceMs: number): void {
    if (this.#now.keys.length < MAX_CONNECTIONS) this.#now.add(pid, socketId, sinceMs);
  }

  /** Writes the key of each row in close_wait, and calls back with the time since which it is known, if it is. */
  #forEachRow(table: TcpTable, visit: (pid: number, socketId: number, sinceMs: number | undefined) => void): void {
    const { state, length, pid, socketId } = table;
    const next = (from: number): number => state.indexOf(TCP_STATE_CODE.close_wait, from);
    for (let row = next(0); row >= 0 && row < length; row = next(row + 1)) {
      this.#writeKey(table, row);
      const id = socketId === undefined ? undefined : (socketId[row] as number);
      visit(pid[row] as number, id ?? NO_SOCKET_ID, this.#knownSinceMs(pid[row] as number, id));
    }
  }

  #knownSinceMs(pid: number, socketId: number | undefined): number | undefined {
    const { keys, pids, socketIds, sinceMs } = this.#before;
    keys.key.set(this.#now.keys.key);
    const number = keys.find();
    if (number < 0) return undefined;
    const idBefore = socketIds[number];
    // An owner may change: a connection that nobody has accepted yet has none, and a process may inherit one.
    const isSame = socketId === undefined ? pids[number] === pid : idBefore === socketId || idBefore === NO_SOCKET_ID;
    return isSame ? sinceMs[number] : undefined;
  }

  #writeKey(table: TcpTable, row: number): void {
    const { key } = this.#now.keys;
    const words = this.#addressWords;
    key[0] = ((table.localPort[row] as number) << 16) | (table.remotePort[row] as number);
    key[1] = table.localScope[row] as number;
    key[2] = table.remoteScope[row] as number;
    for (let word = 0; word < words; word++) {
      key[ADDRESSES + word] = table.localAddress[row * words + word] as number;
      key[ADDRESSES + words + word] = table.remoteAddress[row * words + word] as number;
    }
  }
}
