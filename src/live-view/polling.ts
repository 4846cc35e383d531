// When one kind of question is asked: at once, again after a while, less often where it fails, and never twice at a time.

/** What came of a question. It was taken back where a later one is asked in its place. */
export type Outcome =
  | { readonly kind: 'answered' }
  | { readonly kind: 'failed'; readonly retryAfterMs: number | undefined }
  | { readonly kind: 'taken-back' };

const MAX_POLL_MS = 2_000;
const MIN_POLL_MS = 250;
/** The first failure makes no question come earlier than this, however short the interval is. */
const MIN_BACKOFF_MS = 2_000;
const MAX_BACKOFF_MS = 10_000;
/** A server that asks for more patience gets it, up to this. */
const MAX_RETRY_AFTER_MS = 60_000;

/** How long after an answer to ask again, where a collection is made each `intervalMs` (0: when it is asked for). None is missed. */
export function pollMsFor(intervalMs: number): number {
  return intervalMs === 0 ? MAX_POLL_MS : Math.min(Math.max(intervalMs / 2, MIN_POLL_MS), MAX_POLL_MS);
}

/** How long after a failure to ask again. `failures`: how many there were in a row, this one included. */
export function backoffMs(failures: number, retryAfterMs: number | undefined): number {
  const backoff = Math.min(MIN_BACKOFF_MS * 2 ** (failures - 1), MAX_BACKOFF_MS);
  return Math.max(backoff, Math.min(retryAfterMs ?? 0, MAX_RETRY_AFTER_MS));
}

export class Poller {
  readonly #ask: () => Promise<Outcome>;
  readonly #pollMs: number;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #polls = false;
  #isAsking = false;
  #isAwaited = false;
  #asked = 0;
  #failures = 0;

  /** `ask` does not throw, and takes back what it asked before. */
  constructor(pollMs: number, ask: () => Promise<Outcome>) {
    this.#pollMs = pollMs;
    this.#ask = ask;
  }

  /** Whether to ask again and again, from now on. */
  poll(polls: boolean): void {
    this.#polls = polls;
    if (polls) this.now();
    else clearTimeout(this.#timer);
  }

  /** Asks at once, in the place of what is being asked. */
  now(): void {
    clearTimeout(this.#timer);
    this.#isAsking = true;
    this.#isAwaited = false;
    this.#asked += 1;
    const number = this.#asked;
    void this.#ask().then((outcome) => {
      if (number === this.#asked) this.#settle(outcome);
    });
  }

  /** Asks at once, or where something is being asked, after that. Where asking fails, the next time is early enough. */
  soon(): void {
    if (this.#isAsking) this.#isAwaited = true;
    else if (this.#failures === 0 || !this.#polls) this.now();
  }

  #settle(outcome: Outcome): void {
    this.#isAsking = false;
    this.#failures = outcome.kind === 'failed' ? this.#failures + 1 : 0;
    if (this.#isAwaited && outcome.kind !== 'failed') {
      this.now();
      return;
    }
    this.#isAwaited = false;
    const delayMs = outcome.kind === 'failed' ? backoffMs(this.#failures, outcome.retryAfterMs) : this.#pollMs;
    if (this.#polls) this.#timer = setTimeout(() => this.now(), delayMs);
  }
}
