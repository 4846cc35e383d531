// Since when each connection is in the state close_wait, as far as this program has seen.

import { type Snapshot, tableName } from '../../model/snapshot.ts';
import { ADDRESS_FAMILIES, ADDRESS_WORDS, type AddressFamily, type TcpTable } from '../../model/sockets.ts';
import { forEachRowIn } from '../counting/count.ts';
import { KeyTable } from '../counting/key-table.ts';

/** Of each family. Those beyond have no age until others are gone: a host with so many has other worries. */
const MAX_CONNECTIONS = 2 ** 18;
const FIRST_CAPACITY = 64;
const NO_SOCKET_ID = 0;
/** A key: what tells connections between the same ends apart, the two ports, the two scopes, the addresses. */
const [IDENTITY, PORTS, LOCAL_SCOPE, REMOTE_SCOPE, ADDRESSES] = [0, 1, 2, 3, 4] as const;

/**
 * Kept from one collection to the next. Between the same ends it is the same connection while the OS has the same id for
 * the socket; where the OS tells none, while the owner is the same.
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
      const name = tableName('tcp', family);
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

/** The connections of one collection in close_wait. */
class Connections {
  readonly keys: KeyTable;
  pids = new Uint32Array(FIRST_CAPACITY);
  sinceMs = new Float64Array(FIRST_CAPACITY);

  constructor(width: number) {
    this.keys = new KeyTable(width);
  }

  /** Adds the one whose key is written, or overwrites it. */
  add(pid: number, sinceMs: number): void {
    const number = this.keys.add();
    if (number === this.pids.length) {
      this.pids = new Uint32Array(this.pids.buffer.transfer(number * 2 * Uint32Array.BYTES_PER_ELEMENT));
      this.sinceMs = new Float64Array(this.sinceMs.buffer.transfer(number * 2 * Float64Array.BYTES_PER_ELEMENT));
    }
    this.pids[number] = pid;
    this.sinceMs[number] = sinceMs;
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
    this.#forEachRow(table, (pid, sinceMs) => {
      if (sinceMs !== undefined) this.#add(pid, sinceMs);
    });
    this.#forEachRow(table, (pid, sinceMs) => {
      if (sinceMs === undefined) this.#add(pid, readAtMs);
    });
  }

  clear(): void {
    this.#now.keys.clear();
  }

  forEach(visit: (pid: number, sinceMs: number) => void): void {
    const { keys, pids, sinceMs } = this.#now;
    for (let number = 0; number < keys.length; number++) visit(pids[number] as number, sinceMs[number] as number);
  }

  #add(pid: number, sinceMs: number): void {
    if (this.#now.keys.length < MAX_CONNECTIONS) this.#now.add(pid, sinceMs);
  }

  /** Writes the key of each row in close_wait, and calls back with the time since which it is known, if it is. */
  #forEachRow(table: TcpTable, visit: (pid: number, sinceMs: number | undefined) => void): void {
    forEachRowIn('close_wait', table, (row) => {
      this.#writeKey(table, row);
      visit(table.pid[row] as number, this.#knownSinceMs(table.socketId !== undefined));
    });
  }

  #knownSinceMs(hasSocketId: boolean): number | undefined {
    const { keys, sinceMs } = this.#before;
    keys.key.set(this.#now.keys.key);
    let number = keys.find();
    if (number < 0 && hasSocketId) {
      // Nobody had accepted it yet: until then it has no id.
      keys.key[IDENTITY] = NO_SOCKET_ID;
      number = keys.find();
    }
    return number < 0 ? undefined : sinceMs[number];
  }

  #writeKey(table: TcpTable, row: number): void {
    const { key } = this.#now.keys;
    const words = this.#addressWords;
    key[IDENTITY] = (table.socketId ?? table.pid)[row] as number;
    key[PORTS] = ((table.localPort[row] as number) << 16) | (table.remotePort[row] as number);
    key[LOCAL_SCOPE] = table.localScope[row] as number;
    key[REMOTE_SCOPE] = table.remoteScope[row] as number;
    for (let word = 0; word < words; word++) {
      key[ADDRESSES + word] = table.localAddress[row * words + word] as number;
      key[ADDRESSES + words + word] = table.remoteAddress[row * words + word] as number;
    }
  }
}
