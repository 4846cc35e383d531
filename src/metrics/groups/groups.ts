// Grouping and folding: which groups have series of their own, and which are counted together as `_other`.

import { type Counters, createCounters } from '../counting/counters.ts';
import { KeyTable } from '../counting/key-table.ts';
import { BestOf } from './best-of.ts';

/** The label values that no group has by itself. */
export const OTHER = '_other';
export const NONE = '_none';
export const UNKNOWN = '_unknown';

/**
 * A hidden group takes the place of a shown one only with more than 1.25 times its endpoints, so that two groups of
 * about one size do not change places at each collection.
 */
const SHOWN_WEIGHT = 5;
const HIDDEN_WEIGHT = 4;

const FIRST_CAPACITY = 64;

export interface FoldOptions<Shown> {
  /** The most groups that are shown. */
  readonly limit: number;
  /** Whether one group's name comes before the other's: it decides between equals, so that equal hosts show equal groups. */
  readonly isBefore: (one: number, other: number) => boolean;
  /** Named by the configuration: shown whatever the limit, and in nobody's place. */
  readonly isPinned?: (group: number) => boolean;
  /** What a group is shown as. Asked once, when it begins to be shown. */
  readonly describe: (group: number) => Shown;
  /** False where not all endpoints could be read: what is shown next time is still decided by what was shown before. */
  readonly isComplete: boolean;
}

export interface Folded<Shown> {
  /** By name. */
  readonly shown: readonly Shown[];
  readonly foldedCount: number;
}

/**
 * The groups of one collection, by keys of a few words, and what was shown in the one before. A group that is gone from
 * a collection is forgotten. In each collection: `begin`, `count` all endpoints, `fold`.
 */
export class Groups<Shown> {
  readonly #groups: KeyTable;
  #endpoints: Counters = createCounters(FIRST_CAPACITY);
  #listens = new Uint8Array(FIRST_CAPACITY);
  #wasShown = new Uint8Array(FIRST_CAPACITY);
  /** The position of each group among those that are shown; -1 for a folded one. Good from `fold` to the next `begin`. */
  positions: Counters = createCounters(FIRST_CAPACITY);

  #shownKeys: KeyTable;
  #shown: readonly Shown[] = [];
  /** The table that takes turns with #shownKeys. */
  #spareKeys: KeyTable;

  /** Keys have `width` words. */
  constructor(width: number) {
    this.#groups = new KeyTable(width);
    this.#shownKeys = new KeyTable(width);
    this.#spareKeys = new KeyTable(width);
  }

  /** The key of the group that is counted: written before each `count`. */
  get key(): Uint32Array<ArrayBuffer> {
    return this.#groups.key;
  }

  /** How many groups there are. */
  get length(): number {
    return this.#groups.length;
  }

  /** A word of a group's key. */
  word(group: number, word: number): number {
    return this.#groups.word(group, word);
  }

  /** Some words of a group's key. */
  words(group: number, from: number, to: number): Uint32Array<ArrayBuffer> {
    return this.#groups.words(group, from, to);
  }

  /** Forgets all groups but what was shown. */
  begin(): void {
    this.#groups.clear();
  }

  /** Adds to the group's endpoints, and returns its number. */
  count(endpoints: number, listens: boolean): number {
    const before = this.#groups.length;
    const group = this.#groups.add();
    if (group === before) this.#start(group);
    (this.#endpoints[group] as number) += endpoints;
    if (listens) this.#listens[group] = 1;
    return group;
  }

  /** Decides which groups are shown. */
  fold({ limit, isBefore, isPinned = () => false, describe, isComplete }: FoldOptions<Shown>): Folded<Shown> {
    this.#markShown();
    const pinned: number[] = [];
    const best = new BestOf(limit, (one, other) => {
      const difference = this.#compare(one, other);
      return difference > 0 || (difference === 0 && isBefore(one, other));
    });
    for (let group = 0; group < this.#groups.length; group++) {
      if (isPinned(group)) pinned.push(group);
      else best.offer(group);
    }
    const groups = [...pinned, ...best.members].sort((one, other) => (isBefore(one, other) ? -1 : 1));
    this.positions.fill(-1, 0, this.#groups.length);
    for (const [position, group] of groups.entries()) this.positions[group] = position;
    const shown = this.#describe(groups, describe, isComplete);
    return { shown, foldedCount: this.#groups.length - groups.length };
  }

  /** Calls back for each group that `fold` did not show. */
  forEachFolded(visit: (group: number) => void): void {
    for (let group = 0; group < this.#groups.length; group++) if ((this.positions[group] as number) < 0) visit(group);
  }

  #start(group: number): void {
    if (group === this.#endpoints.length) {
      this.#endpoints = new Int32Array(this.#endpoints.buffer.transfer(group * 2 * Int32Array.BYTES_PER_ELEMENT));
      this.#listens = new Uint8Array(this.#listens.buffer.transfer(group * 2));
      this.#wasShown = new Uint8Array(group * 2);
      this.positions = createCounters(group * 2);
    }
    this.#endpoints[group] = 0;
    this.#listens[group] = 0;
  }

  #markShown(): void {
    this.#wasShown.fill(0, 0, this.#groups.length);
    for (let shown = 0; shown < this.#shownKeys.length; shown++) {
      this.#shownKeys.copyKey(shown, this.#groups.key);
      const group = this.#groups.find();
      if (group >= 0) this.#wasShown[group] = 1;
    }
  }

  /** Positive where the one is shown rather than the other: those that listen come first, then those that weigh more. */
  #compare(one: number, other: number): number {
    const byListening = (this.#listens[one] as number) - (this.#listens[other] as number);
    return byListening === 0 ? this.#weight(one) - this.#weight(other) : byListening;
  }

  /** A whole number: exactly 1.25 times as many endpoints is not more. The one that was shown wins then. */
  #weight(group: number): number {
    const endpoints = this.#endpoints[group] as number;
    return this.#wasShown[group] === 1 ? 2 * SHOWN_WEIGHT * endpoints + 1 : 2 * HIDDEN_WEIGHT * endpoints;
  }

  #describe(groups: readonly number[], describe: (group: number) => Shown, isComplete: boolean): readonly Shown[] {
    const keys = this.#spareKeys;
    keys.clear();
    const shown = groups.map((group) => {
      this.#groups.copyKey(group, this.#shownKeys.key);
      const before = this.#shown[this.#shownKeys.find()];
      keys.key.set(this.#shownKeys.key);
      keys.add();
      return before ?? describe(group);
    });
    if (isComplete) {
      this.#spareKeys = this.#shownKeys;
      this.#shownKeys = keys;
      this.#shown = shown;
    }
    return shown;
  }
}
