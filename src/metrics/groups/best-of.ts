// The best few of many, in one pass and without sorting them all.

/** A binary heap of at most `limit` members with the worst at its root. */
export class BestOf {
  readonly #limit: number;
  readonly #isBetter: (one: number, other: number) => boolean;
  readonly #heap: number[] = [];

  /** No two are equal: of any two, `isBetter` says which. */
  constructor(limit: number, isBetter: (one: number, other: number) => boolean) {
    this.#limit = limit;
    this.#isBetter = isBetter;
  }

  /** In no order. */
  get members(): readonly number[] {
    return this.#heap;
  }

  offer(candidate: number): void {
    if (this.#heap.length < this.#limit) {
      this.#heap.push(candidate);
      this.#rise(this.#heap.length - 1);
    } else if (this.#limit > 0 && this.#isBetter(candidate, this.#at(0))) {
      this.#heap[0] = candidate;
      this.#sink();
    }
  }

  #at(index: number): number {
    return this.#heap[index] as number;
  }

  #rise(from: number): void {
    let child = from;
    while (child > 0) {
      const parent = (child - 1) >> 1;
      if (!this.#isBetter(this.#at(parent), this.#at(child))) return;
      this.#swap(parent, child);
      child = parent;
    }
  }

  #sink(): void {
    let parent = 0;
    for (;;) {
      const worse = this.#worseChild(parent);
      if (worse === undefined || !this.#isBetter(this.#at(parent), this.#at(worse))) return;
      this.#swap(parent, worse);
      parent = worse;
    }
  }

  #worseChild(parent: number): number | undefined {
    const left = 2 * parent + 1;
    const right = left + 1;
    if (left >= this.#heap.length) return undefined;
    return right < this.#heap.length && this.#isBetter(this.#at(left), this.#at(right)) ? right : left;
  }

  #swap(one: number, other: number): void {
    const held = this.#at(one);
    this.#heap[one] = this.#at(other);
    this.#heap[other] = held;
  }
}
