// Which rows of two tables are the same endpoint: those between the same ends.

import { KeyTable } from '../../metrics/counting/key-table.ts';
import type { TcpTable, UdpTable } from '../../model/sockets.ts';
import { type Sameness, SOCKET_WORDS, SocketRows } from './socket-rows.ts';

type Table = TcpTable | UdpTable;

export const NO_ROW = -1;
/** How many rows that are gone may stand between two that are there still, for these to be found without a search. */
const MAX_GONE_IN_STEP = 16;

export interface RowPairs {
  /** By row of the later table, the row of the earlier one, or NO_ROW. */
  readonly earlierRows: Int32Array<ArrayBuffer>;
  /** By row of the earlier table: 1 where it is a later row's. */
  readonly isPaired: Uint8Array<ArrayBuffer>;
}

/** Which rows take part, by whether the OS tells an id for their socket. */
type IdTest = 'any' | 'some' | 'none';

interface Round {
  readonly later: IdTest;
  readonly earlier: IdTest;
  readonly same: Sameness;
}

/**
 * Several sockets may share their ends, so those that are most alike are paired first. Sockets whose ids differ are never
 * the same one; but one that was not accepted yet, or whose process has closed it, has none.
 */
const ROUNDS: readonly Round[] = [
  { later: 'any', earlier: 'any', same: 'everything' },
  { later: 'some', earlier: 'some', same: 'socket' },
  { later: 'some', earlier: 'none', same: 'ends' },
  { later: 'none', earlier: 'any', same: 'ends' },
];

/** Pairs each row with one row at most. Both tables are of the same protocol and family. */
export function pairRows(later: Table, earlier: Table): RowPairs {
  const pairing = new Pairing(later, earlier);
  pairing.runInStep();
  for (const round of ROUNDS) pairing.run(round);
  return pairing;
}

class Pairing implements RowPairs {
  readonly earlierRows: Int32Array<ArrayBuffer>;
  readonly isPaired: Uint8Array<ArrayBuffer>;
  readonly #later: SocketRows;
  readonly #earlier: SocketRows;
  readonly #keys = new KeyTable(SOCKET_WORDS);
  /** By key, the first earlier row that nobody has taken. */
  readonly #firstRows: Int32Array;
  /** By earlier row, the next one of the same key. */
  readonly #nextRows: Int32Array;

  constructor(later: Table, earlier: Table) {
    this.#later = new SocketRows(later);
    this.#earlier = new SocketRows(earlier);
    this.earlierRows = new Int32Array(later.length).fill(NO_ROW);
    this.isPaired = new Uint8Array(earlier.length);
    this.#firstRows = new Int32Array(earlier.length);
    this.#nextRows = new Int32Array(earlier.length);
  }

  /**
   * The first round without a search, as far as it goes: an OS lists most rows in the same order again, and looking at the
   * next ones takes a quarter of the time.
   */
  runInStep(): void {
    let next = 0;
    for (let row = 0; row < this.#later.length; row++) {
      const earlierRow = this.#findNear(row, next);
      if (earlierRow === NO_ROW) continue;
      this.#pair(row, earlierRow);
      next = earlierRow + 1;
    }
  }

  run(round: Round): void {
    this.#gather(round);
    if (this.#keys.length > 0) this.#take(round);
  }

  #findNear(row: number, from: number): number {
    const end = Math.min(from + MAX_GONE_IN_STEP + 1, this.#earlier.length);
    for (let earlierRow = from; earlierRow < end; earlierRow++) {
      if (this.#later.isSame(row, this.#earlier, earlierRow)) return earlierRow;
    }
    return NO_ROW;
  }

  /** From the end, so that the first row is taken first. */
  #gather({ earlier, same }: Round): void {
    const [keys, rows] = [this.#keys, this.#earlier];
    keys.clear();
    for (let row = rows.length - 1; row >= 0; row--) {
      if (this.isPaired[row] === 1 || !takesPart(rows, row, earlier)) continue;
      rows.writeKey(keys.key, row, same);
      const known = keys.length;
      const number = keys.add();
      this.#nextRows[row] = number === known ? NO_ROW : (this.#firstRows[number] as number);
      this.#firstRows[number] = row;
    }
  }

  #take({ later, same }: Round): void {
    const [keys, rows] = [this.#keys, this.#later];
    for (let row = 0; row < rows.length; row++) {
      if (this.earlierRows[row] !== NO_ROW || !takesPart(rows, row, later)) continue;
      rows.writeKey(keys.key, row, same);
      const number = keys.find();
      const earlierRow = number < 0 ? NO_ROW : (this.#firstRows[number] as number);
      if (earlierRow === NO_ROW) continue;
      this.#firstRows[number] = this.#nextRows[earlierRow] as number;
      this.#pair(row, earlierRow);
    }
  }

  #pair(row: number, earlierRow: number): void {
    this.earlierRows[row] = earlierRow;
    this.isPaired[earlierRow] = 1;
  }
}

function takesPart(rows: SocketRows, row: number, test: IdTest): boolean {
  return test === 'any' || (test === 'some') === rows.hasId(row);
}
