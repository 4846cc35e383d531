// Since when each connection is in the state close_wait, as far as this program has seen.

import type { Snapshot } from '../../model/snapshot.ts';
import { ADDRESS_FAMILIES, ADDRESS_WORDS, type AddressFamily, type TcpTable } from '../../model/sockets.ts';
import { TCP_STATE_CODE } from '../../model/states.ts';
import { KeyTable } from '../counting/key-table.ts';

/** Of each family. Those beyond have no age until others are gone: a host with so many has other worries. */
const MAX_CONNECTIONS = 2 ** 18;
const NO_SOCKET_ID = 0;

/** Kept from one collection to the next. */
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

/**
 * A connection is the same as before if its ends, its owner and the OS's own id of the socket are: another one between
 * the same ends begins anew, as does one that was in another state, or not there, in a collection between.
 */
class FamilyAges {
  readonly #addressWords: number;
  /** Owner and socket id come first. */
  #keys: KeyTable;
  #sinceMs = new Float64Array(0);
  #keysBefore: KeyTable;
  #sinceMsBefore = new Float64Array(0);

  constructor(family: AddressFamily) {
    this.#addressWords = ADDRESS_WORDS[family];
    const width = 5 + 2 * this.#addressWords;
    this.#keys = new KeyTable(width);
    this.#keysBefore = new KeyTable(width);
  }

  update(table: TcpTable, readAtMs: number): void {
    const { state, length } = table;
    [this.#keys, this.#keysBefore] = [this.#keysBefore, this.#keys];
    [this.#sinceMs, this.#sinceMsBefore] = [this.#sinceMsBefore, this.#sinceMs];
    this.#keys.clear();
    const next = (from: number): number => state.indexOf(TCP_STATE_CODE.close_wait, from);
    // Those that are known first, so that they keep their places where there are too many.
    for (const isKnown of [true, false]) {
      for (let row = next(0); row >= 0 && row < length; row = next(row + 1)) {
        this.#writeKey(table, row);
        const before = this.#findBefore();
        if (before >= 0 === isKnown) this.#add(before >= 0 ? (this.#sinceMsBefore[before] as number) : readAtMs);
      }
    }
  }

  clear(): void {
    this.#keys.clear();
  }

  forEach(visit: (pid: number, sinceMs: number) => void): void {
    for (let number = 0; number < this.#keys.length; number++) {
      visit(this.#keys.word(number, 0), this.#sinceMs[number] as number);
    }
  }

  #findBefore(): number {
    this.#keysBefore.key.set(this.#keys.key);
    return this.#keysBefore.find();
  }

  #add(sinceMs: number): void {
    if (this.#keys.length >= MAX_CONNECTIONS) return;
    const number = this.#keys.add();
    if (number >= this.#sinceMs.length) {
      const longer = new Float64Array(Math.max(64, number * 2));
      longer.set(this.#sinceMs);
      this.#sinceMs = longer;
    }
    this.#sinceMs[number] = sinceMs;
  }

  #writeKey(table: TcpTable, row: number): void {
    const { key } = this.#keys;
    const words = this.#addressWords;
    key[0] = table.pid[row] as number;
    key[1] = table.socketId?.[row] ?? NO_SOCKET_ID;
    key[2] = ((table.localPort[row] as number) << 16) | (table.remotePort[row] as number);
    key[3] = table.localScope[row] as number;
    key[4] = table.remoteScope[row] as number;
    for (let word = 0; word < words; word++) {
      key[5 + word] = table.localAddress[row * words + word] as number;
      key[5 + words + word] = table.remoteAddress[row * words + word] as number;
    }
  }
}
