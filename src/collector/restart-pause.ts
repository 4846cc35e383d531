// How long a worker that ended by itself is left alone before it is started again.

const FIRST_PAUSE_MS = 1_000;
const MAX_PAUSE_MS = 60_000;

/** A pause after each end: of a second, and twice as long, up to a minute, for each end in a row that brought no collection. */
export class RestartPause {
  /** How often it has ended since it last collected. */
  #ends = 0;
  #overAtMs = Number.NEGATIVE_INFINITY;

  workerEnded(): void {
    this.#overAtMs = performance.now() + Math.min(FIRST_PAUSE_MS * 2 ** this.#ends, MAX_PAUSE_MS);
    this.#ends += 1;
  }

  workerCollected(): void {
    this.#ends = 0;
  }

  /** What is left of the pause in milliseconds; 0 where it is over. */
  leftMs(): number {
    return Math.max(0, this.#overAtMs - performance.now());
  }
}
