// What is pushed: the latest samples, once, and the exporter's own metrics, each time. The SDK's reader asks for them.

import { setImmediate } from 'node:timers/promises';
import { emptyResource } from '@opentelemetry/resources';
import type { CollectionResult, MetricCollectOptions, MetricData, MetricProducer } from '@opentelemetry/sdk-metrics';
import type { Registry } from 'prom-client';
import type { Samples } from '../../metrics/samples.ts';
import { hostMetrics } from './host-metrics.ts';
import { ownMetrics } from './own-metrics.ts';
import type { Temporality } from './settings.ts';
import { COUNTS, CumulativeTotals, DeltaTotals, DISTRIBUTIONS, type Distribution, type Totals } from './totals.ts';

export interface ProducerOptions {
  /** The latest result, waited for at most so long; undefined where there is none that may be shown. */
  readonly samples: (timeoutMs: number) => Promise<Samples | undefined>;
  /** Holds the exporter's own metrics; undefined where they are not wanted. */
  readonly registry: Registry | undefined;
  readonly temporality: Temporality;
  /** The scope's version. */
  readonly version: string;
  /** Told when the exporter's own metrics could not be read; the others are pushed all the same. */
  readonly failed: (error: unknown) => void;
}

/** What a push has told of, until it is known whether it arrived. */
interface Push {
  /** Of the snapshot in it, in milliseconds of Unix time; undefined where there was nothing new of the host. */
  readonly snapshotMs: number | undefined;
  /** A push may take several requests. */
  succeeded: number;
  failed: number;
}

/** How long samples are waited for where the reader does not say. */
const DEFAULT_WAIT_MS = 10_000;

/** The option `metricProducers` of the SDK's reader is experimental: only this file and push.ts know of it. */
export class SamplesProducer implements MetricProducer {
  readonly #options: ProducerOptions;
  readonly #counts: Totals<number>;
  readonly #distributions: Totals<Distribution>;
  readonly #beganMs = performance.timeOrigin;
  #longestWaitMs = Number.POSITIVE_INFINITY;
  #push: Push | undefined;
  /** The snapshot that arrived last: none is pushed twice. */
  #arrivedMs: number | undefined;

  constructor(options: ProducerOptions) {
    this.#options = options;
    const isDelta = options.temporality === 'delta';
    this.#counts = isDelta ? new DeltaTotals(COUNTS, this.#beganMs) : new CumulativeTotals(COUNTS);
    this.#distributions = isDelta ? new DeltaTotals(DISTRIBUTIONS, this.#beganMs) : new CumulativeTotals(DISTRIBUTIONS);
  }

  /** How one request of the push under way ended. */
  requestEnded(hasSucceeded: boolean): void {
    if (this.#push === undefined) return;
    if (hasSucceeded) this.#push.succeeded += 1;
    else this.#push.failed += 1;
  }

  /** The end is near: from now on samples are waited for at most so long. */
  closeWithin(timeoutMs: number): void {
    this.#longestWaitMs = timeoutMs;
  }

  async collect({ timeoutMillis = DEFAULT_WAIT_MS }: MetricCollectOptions = {}): Promise<CollectionResult> {
    this.#settle();
    const { temporality, version } = this.#options;
    const latest = await this.#options.samples(Math.min(timeoutMillis, this.#longestWaitMs));
    const samples = latest?.timestampMs === this.#arrivedMs ? undefined : latest;
    this.#push = { snapshotMs: samples?.timestampMs, succeeded: 0, failed: 0 };
    this.#counts.begin();
    this.#distributions.begin();
    const metrics: MetricData[] = [];
    if (samples !== undefined) metrics.push(...hostMetrics(samples, this.#counts, temporality));
    // Thousands of points have been made, and are to be encoded: what waits for the main thread has its turn in between.
    await setImmediate();
    metrics.push(...(await this.#ownMetrics()));
    const scopeMetrics = metrics.length === 0 ? [] : [{ scope: { name: 'netstat-exporter', version }, metrics }];
    return { resourceMetrics: { resource: emptyResource(), scopeMetrics }, errors: [] };
  }

  async #ownMetrics(): Promise<readonly MetricData[]> {
    const { registry, temporality, failed } = this.#options;
    if (registry === undefined) return [];
    const totals = { counts: this.#counts, distributions: this.#distributions, temporality, beganMs: this.#beganMs };
    try {
      return await ownMetrics(registry, totals);
    } catch (error) {
      failed(error);
      return [];
    }
  }

  /** Whether the push before has arrived is known by now: the reader makes one after another. */
  #settle(): void {
    const push = this.#push;
    this.#push = undefined;
    if (push === undefined || push.succeeded === 0 || push.failed > 0) return;
    this.#arrivedMs = push.snapshotMs ?? this.#arrivedMs;
    this.#counts.delivered();
    this.#distributions.delivered();
  }
}
