// A bounded queue in which no client takes the places of all others.

interface Waiting {
  /** Who asked: those of the same text are one. */
  readonly client: string;
}

export class FairQueue<T extends Waiting> {
  readonly #maximum: number;
  readonly #waiting: T[] = [];

  constructor(maximum: number) {
    this.#maximum = maximum;
  }

  /**
   * Puts the newcomer last. Returns who has no place because of it: nobody while there is room, else the newest of the
   * client that waits most if that one still waits no less than the newcomer's client afterwards, else the newcomer.
   */
  push(newcomer: T): T | undefined {
    const displaced = this.#waiting.length < this.#maximum ? undefined : this.#whoGivesWayTo(newcomer);
    if (displaced === newcomer) return newcomer;
    if (displaced !== undefined) this.remove(displaced);
    this.#waiting.push(newcomer);
    return displaced;
  }

  /** Takes the one that has waited longest. */
  shift(): T | undefined {
    return this.#waiting.shift();
  }

  /** False if it does not wait. */
  remove(member: T): boolean {
    const index = this.#waiting.indexOf(member);
    if (index !== -1) this.#waiting.splice(index, 1);
    return index !== -1;
  }

  #whoGivesWayTo(newcomer: T): T {
    const placesOf = ({ client }: T): number => this.#waiting.filter((member) => member.client === client).length;
    const candidate = this.#waiting.reduce(
      (most, member) => (placesOf(member) >= placesOf(most) ? member : most),
      newcomer,
    );
    return placesOf(candidate) >= placesOf(newcomer) + 2 ? candidate : newcomer;
  }
}
