// When to read: at each interval, or with interval 0 whenever somebody asks; one collection at a time, each with a deadline.

import type { Samples } from '../metrics/samples.ts';
import type { Answer, Collector } from './collector.ts';
import { within } from './within.ts';

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
  /** Resolves when it has ended; with undefined when it failed. */
  readonly ended: Promise<Samples | undefined>;
}

export class TimedCollector implements Collector {
  readonly #collect: () => Promise<Samples>;
  readonly #settings: CollectorSettings;
  readonly #events: CollectorEvents;
  #timer: NodeJS.Timeout | undefined;
  #running: Collection | undefined;
  /** The last one that succeeded. */
  #latest: { readonly samples: Samples; readonly startedMs: number } | undefined;

  constructor(collect: () => Promise<Samples>, settings: CollectorSettings, events: CollectorEvents) {
    this.#collect = collect;
    this.#settings = settings;
    this.#events = events;
  }

  /** Makes the first collection at once, then one at each interval. Nothing where a request has begun that already. */
  start(): void {
    if (this.#timer !== undefined) return;
    if (this.#running === undefined) this.#begin();
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
    // It may come as soon as the exporter listens anywhere, before it listens everywhere.
    this.start();
    if (this.#latest === undefined && this.#running !== undefined) await within(this.#running.ended, waitMs);
    return this.latest();
  }

  async #collectNow(waitMs: number): Promise<Answer> {
    const collection = this.#shareable() ?? this.#begin();
    const samples = collection && (await within(collection.ended, waitMs));
    if (samples !== undefined) return { state: 'fresh', samples };
    return { state: this.#latest === undefined ? 'pending' : 'stale' };
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
    this.#running = { startedMs, ended: this.#finish(startedMs) };
    return this.#running;
  }

  /** Makes one collection and says how it went. Never rejects. */
  async #finish(startedMs: number): Promise<Samples | undefined> {
    const deadline = setTimeout(() => this.#events.overdue(), this.#settings.timeoutMs);
    try {
      const samples = await this.#collect();
      this.#latest = { samples, startedMs };
      this.#events.collected(samples);
      return samples;
    } catch (error) {
      this.#events.failed(error instanceof Error ? error : new Error(String(error)));
      return undefined;
    } finally {
      clearTimeout(deadline);
      this.#running = undefined;
    }
  }

  get #staleAfterMs(): number {
    return Math.max(STALE_AFTER_INTERVALS * this.#settings.intervalMs, STALE_AFTER_AT_LEAST_MS);
  }
}
