// Remembers results by key, a bounded number of each kind: of one kind too many, the least recently used is forgotten.

export class RecentResults {
  readonly #maximumOfEach: number;
  readonly #right = new Set<string>();
  readonly #wrong = new Set<string>();

  constructor(maximumOfEach: number) {
    this.#maximumOfEach = maximumOfEach;
  }

  /** Undefined where it is not, or no longer, known. */
  get(key: string): boolean | undefined {
    const isRight = this.#right.has(key);
    if (!isRight && !this.#wrong.has(key)) return undefined;
    this.set(key, isRight);
    return isRight;
  }

  /** A key has one result for ever. */
  set(key: string, isRight: boolean): void {
    const keys = isRight ? this.#right : this.#wrong;
    // A set keeps the order in which its members came.
    keys.delete(key);
    keys.add(key);
    if (keys.size <= this.#maximumOfEach) return;
    const [oldest = ''] = keys;
    keys.delete(oldest);
  }
}
