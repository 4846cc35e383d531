// Sorting by many keys of 32 bits, one after another, in time that grows with the number of items alone.

const DIGIT_BITS = 16;
const DIGITS = 1 << DIGIT_BITS;
const DIGIT_MASK = DIGITS - 1;

/**
 * Least significant digit first (Knuth, The Art of Computer Programming, volume 3, section 5.2.5): each pass keeps the order
 * of items that are equal in its key, so the key of the last pass decides most.
 */
export class RadixSort {
  /** The keys of the next pass, by the position that an item had at the beginning: written before each `pass`. */
  readonly keys: Uint32Array<ArrayBuffer>;
  readonly #items: Uint32Array<ArrayBuffer>;
  /** The positions in order, and the memory that takes turns with it. */
  #order: Uint32Array<ArrayBuffer>;
  #spare: Uint32Array<ArrayBuffer>;
  readonly #starts = new Uint32Array(DIGITS);

  constructor(items: Uint32Array<ArrayBuffer>) {
    this.#items = items;
    this.keys = new Uint32Array(items.length);
    this.#order = items.map((_, position) => position);
    this.#spare = new Uint32Array(items.length);
  }

  /** Orders by the keys. Digits that are the same in all of them take no time. */
  pass(descending: boolean): void {
    const { keys } = this;
    let differing = 0;
    for (let position = 1; position < keys.length; position++) {
      differing |= (keys[position] as number) ^ (keys[0] as number);
    }
    if ((differing & DIGIT_MASK) !== 0) this.#sortByDigit(0, descending);
    if (differing >>> DIGIT_BITS !== 0) this.#sortByDigit(DIGIT_BITS, descending);
  }

  sorted(): Uint32Array<ArrayBuffer> {
    return this.#order.map((position) => this.#items[position] as number);
  }

  #sortByDigit(shift: number, descending: boolean): void {
    const { keys } = this;
    const order = this.#order;
    const sorted = this.#spare;
    const starts = this.#starts.fill(0);
    for (let position = 0; position < keys.length; position++) {
      (starts[((keys[position] as number) >>> shift) & DIGIT_MASK] as number)++;
    }
    let start = 0;
    for (let step = 0; step < DIGITS; step++) {
      const digit = descending ? DIGITS - 1 - step : step;
      const count = starts[digit] as number;
      starts[digit] = start;
      start += count;
    }
    for (let index = 0; index < order.length; index++) {
      const position = order[index] as number;
      const digit = ((keys[position] as number) >>> shift) & DIGIT_MASK;
      sorted[(starts[digit] as number)++] = position;
    }
    this.#order = sorted;
    this.#spare = order;
  }
}
