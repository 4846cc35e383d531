// When to read: at each interval, or with interval 0 whenever somebody asks; one collection at a time, each with a deadline.

import type { Samples } from '../metrics/samples.ts';
import type { Answer, Collector } from './collector.ts';

/** Results are shown for so many intervals, and at least so long. */
const STALE_AFTER_INTERVALS = 3;
const STALE_AFTER_AT_LEAST_MS = 60_000;

export interface CollectorSettings {
  /** 0: collect when asked. */
  readonly intervalMs: number;
  /** A collection's deadline. It goes on beyond, but nobody waits for it. */
  readonly timeoutMs: number;
}

/** Told what happens, in order. */
export interface CollectorEvents {
  collected(samples: Samples): void;
  /** The worker failed: nothing was read at all. */
  failed(error: Error): void;
  /** A collection did not return within its deadline. Said once for each. */
  overdue(): void;
  /** A collection was due while another had not returned. */
  skipped(): void;
}

interface Collection {
  readonly startedMs: number;
  /** Resolves when it has ended, however it ended. */
  readonly ended: Promise<void>;
}

export class TimedCollector implements Collector {
  readonly #collect: () => Promise<Samples>;
  readonly #settings: CollectorSettings;
  readonly #events: CollectorEvents;
  #timer: NodeJS.Timeout | undefined;
  #running: Collection | undefined;
  #latest: { readonly samples: Samples; readonly startedMs: number } | undefined;

  constructor(collect: () => Promise<Samples>, settings: CollectorSettings, events: CollectorEvents) {
    this.#collect = collect;
    this.#settings = settings;
    this.#events = events;
  }

  /** Makes the first collection at once, then one at each interval. */
  start(): void {
    this.#begin();
    const { intervalMs } = this.#settings;
    if (intervalMs > 0) this.#timer = setInterval(() => this.#begin(), intervalMs);
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  latest(): Answer {
    if (this.#latest === undefined) return { state: 'pending' };
    if (this.#settings.intervalMs > 0 && performance.now() - this.#latest.startedMs > this.#staleAfterMs) {
      return { state: 'stale' };
    }
    return { state: 'fresh', samples: this.#latest.samples };
  }

  async answer(timeoutMs: number = this.#settings.timeoutMs): Promise<Answer> {
    const waitMs = Math.min(timeoutMs, this.#settings.timeoutMs);
    if (this.#settings.intervalMs === 0) return this.#collectNow(waitMs);
    if (this.#latest === undefined && this.#running !== undefined) await settled(this.#running.ended, waitMs);
    return this.latest();
  }

  async #collectNow(waitMs: number): Promise<Answer> {
    const collection = this.#shareable() ?? this.#begin();
    if (collection !== undefined) await settled(collection.ended, waitMs);
    if (this.#latest === undefined) return { state: 'pending' };
    const isThisOne = this.#latest.startedMs === collection?.startedMs;
    return isThisOne ? { state: 'fresh', samples: this.#latest.samples } : { state: 'stale' };
  }

  /** The collection under way, if it may still return in time. */
  #shareable(): Collection | undefined {
    const running = this.#running;
    return running !== undefined && performance.now() - running.startedMs < this.#settings.timeoutMs
      ? running
      : undefined;
  }

  #begin(): Collection | undefined {
    if (this.#running !== undefined) {
      this.#events.skipped();
      return undefined;
    }
    const startedMs = performance.now();
    const deadline = setTimeout(() => this.#events.overdue(), this.#settings.timeoutMs);
    const ended = this.#collect()
      .then(
        (samples) => {
          this.#latest = { samples, startedMs };
          this.#events.collected(samples);
        },
        (error: Error) => this.#events.failed(error),
      )
      .finally(() => {
        clearTimeout(deadline);
        this.#running = undefined;
      });
    this.#running = { startedMs, ended };
    return this.#running;
  }

  get #staleAfterMs(): number {
    return Math.max(STALE_AFTER_INTERVALS * this.#settings.intervalMs, STALE_AFTER_AT_LEAST_MS);
  }
}

/** Waits for `promise`, at most `timeoutMs`. */
async function settled(promise: Promise<void>, timeoutMs: number): Promise<void> {
  const timeout = Promise.withResolvers<void>();
  const timer = setTimeout(timeout.resolve, timeoutMs);
  await Promise.race([promise, timeout.promise]);
  clearTimeout(timer);
}
