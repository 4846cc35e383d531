// A hash table from keys of a few 32-bit words to numbers: 0 for the first key that came, and so on.

import { getRandomValues } from 'node:crypto';

const FIRST_CAPACITY = 64;
/** A table with more room than this many times what was used last is let go. */
const MAX_ROOM = 8;
const FREE = 0;

/**
 * Open addressing in typed arrays, at most half full: nothing is made for a key. Others choose what the keys are made
 * of, addresses and ports: the hash has a secret of its own, so that nobody can choose keys that collide.
 */
export class KeyTable {
  /** The key that is asked for: written before each call that takes one. */
  readonly key: Uint32Array<ArrayBuffer>;
  readonly #width: number;
  readonly #secret: number = getRandomValues(new Uint32Array(1))[0] ?? 0;
  /** Key after key. */
  #keys: Uint32Array<ArrayBuffer>;
  /** The number of the key in each slot, plus 1. */
  #slots: Int32Array<ArrayBuffer>;
  #length = 0;

  /** Keys have `width` words. */
  constructor(width: number) {
    this.#width = width;
    this.key = new Uint32Array(width);
    this.#keys = new Uint32Array(width * FIRST_CAPACITY);
    this.#slots = new Int32Array(FIRST_CAPACITY * 2);
  }

  /** How many keys there are. */
  get length(): number {
    return this.#length;
  }

  /** The number of the key; -1 for one that did not come. */
  find(): number {
    return (this.#slots[this.#slot()] as number) - 1;
  }

  /** The number of the key, which is the next one where it is new. */
  add(): number {
    const slot = this.#slot();
    const number = (this.#slots[slot] as number) - 1;
    return number >= 0 ? number : this.#append(slot);
  }

  /** A word of a key. */
  word(number: number, word: number): number {
    return this.#keys[number * this.#width + word] as number;
  }

  /** Some words of a key, as they stand there now. */
  words(number: number, from: number, to: number): Uint32Array<ArrayBuffer> {
    return this.#keys.subarray(number * this.#width + from, number * this.#width + to);
  }

  copyKey(number: number, target: Uint32Array): void {
    for (let word = 0; word < this.#width; word++) target[word] = this.word(number, word);
  }

  /** Forgets all keys. */
  clear(): void {
    const capacity = this.#slots.length / 2;
    const needed = Math.max(FIRST_CAPACITY, 2 ** Math.ceil(Math.log2(this.#length + 1)));
    if (capacity > MAX_ROOM * needed) {
      this.#keys = new Uint32Array(this.#width * needed);
      this.#slots = new Int32Array(needed * 2);
    } else {
      this.#slots.fill(FREE);
    }
    this.#length = 0;
  }

  /** Where the key is, or where it would be. */
  #slot(): number {
    const { key } = this;
    const keys = this.#keys;
    const slots = this.#slots;
    const width = this.#width;
    const mask = slots.length - 1;
    let slot = this.#hash() & mask;
    for (;;) {
      const number = (slots[slot] as number) - 1;
      if (number < 0) return slot;
      let word = 0;
      while (word < width && keys[number * width + word] === key[word]) word++;
      if (word === width) return slot;
      slot = (slot + 1) & mask;
    }
  }

  /** The multiplier is 2^32 divided by the golden ratio. */
  #hash(): number {
    const { key } = this;
    let hash = this.#secret;
    for (let word = 0; word < key.length; word++) {
      hash = Math.imul(hash ^ (key[word] as number), 0x9e37_79b1);
      hash ^= hash >>> 15;
    }
    return hash;
  }

  #append(slot: number): number {
    const number = this.#length++;
    this.#keys.set(this.key, number * this.#width);
    this.#slots[slot] = number + 1;
    if (this.#length * 2 >= this.#slots.length) this.#grow();
    return number;
  }

  #grow(): void {
    const keys = this.#keys;
    const asked = this.key.slice();
    this.#keys = new Uint32Array(keys.length * 2);
    this.#keys.set(keys);
    this.#slots = new Int32Array(this.#slots.length * 2);
    for (let number = 0; number < this.#length; number++) {
      this.copyKey(number, this.key);
      this.#slots[this.#slot()] = number + 1;
    }
    this.key.set(asked);
  }
}
