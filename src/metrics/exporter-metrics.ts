// The exporter's metrics about itself, kept by prom-client and defined in the catalogue.

import { Counter, collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import { definitionOf, type ExporterMetricName, type Labels } from './catalogue.ts';
import type { Samples } from './samples.ts';

/** prom-client types these gauges' names as counters, which Prometheus' linter rightly objects to. */
const MISNAMED_DEFAULTS = [
  'nodejs_active_handles_total',
  'nodejs_active_requests_total',
  'nodejs_active_resources_total',
];

/** How an export request over OTLP can end. */
export const PUSH_RESULTS = ['success', 'partial_success', 'failure'] as const;
export type PushResult = (typeof PUSH_RESULTS)[number];

export interface Build {
  readonly version: string;
  readonly revision: string;
}

/** One for a running exporter. `registry` is read at each scrape. */
export class ExporterMetrics {
  readonly registry = new Registry();
  readonly #success = this.#gauge('netstat_exporter_collection_success');
  readonly #durationSeconds = this.#gauge('netstat_exporter_collection_duration_seconds');
  readonly #timestampSeconds = this.#gauge('netstat_exporter_collection_timestamp_seconds');
  readonly #errors = this.#counter('netstat_exporter_collection_errors_total');
  readonly #skipped = this.#counter('netstat_exporter_collections_skipped_total');
  readonly #foldedGroups = this.#gauge('netstat_exporter_folded_groups');
  readonly #pushes = this.#counter('netstat_exporter_otlp_exports_total');
  readonly #lastPushSeconds = this.#gauge('netstat_exporter_otlp_last_success_timestamp_seconds');
  readonly #requests = this.#counter('netstat_exporter_http_requests_total');

  constructor(build: Build) {
    const info: Labels<'netstat_exporter_build_info'> = {
      version: build.version,
      revision: build.revision,
      platform: `${process.platform}-${process.arch}`,
      node_version: process.versions.node,
    };
    this.#gauge('netstat_exporter_build_info').set(info, 1);
    // Before the first collection there is none: a timestamp of 0 would be a lie.
    this.#timestampSeconds.remove();
    this.#lastPushSeconds.remove();
    collectDefaultMetrics({ register: this.registry });
    for (const name of MISNAMED_DEFAULTS) this.registry.removeSingleMetric(name);
  }

  /** What one collection read, how long that took, and what failed. */
  recordCollection(samples: Samples): void {
    this.#timestampSeconds.set(samples.timestampMs / 1000);
    this.#success.reset();
    this.#durationSeconds.reset();
    for (const [part, report] of Object.entries(samples.parts)) {
      this.#success.set({ part }, report.error === undefined ? 1 : 0);
      this.#durationSeconds.set({ part }, Math.round(report.durationMs * 1000) / 1_000_000);
      if (report.error !== undefined) this.#errors.inc({ part, code: report.error.code });
    }
    this.#foldedGroups.reset();
    for (const [group, count] of Object.entries(samples.foldedGroups)) this.#foldedGroups.set({ group }, count);
  }

  /** A collection was due and not made. */
  recordSkipped(): void {
    this.#skipped.inc();
  }

  /** There will be pushes: their counts begin at 0, so that the first failure is an increase. */
  expectPushes(): void {
    for (const result of PUSH_RESULTS) this.#pushes.inc({ result }, 0);
  }

  /** An export request has ended. */
  recordPush(result: PushResult): void {
    this.#pushes.inc({ result });
    if (result !== 'failure') this.#lastPushSeconds.set(Date.now() / 1000);
  }

  recordRequest(handler: string, code: number): void {
    this.#requests.inc({ handler, code: String(code) });
  }

  #gauge(name: ExporterMetricName): Gauge {
    return new Gauge({ ...this.#options(name), registers: [this.registry] });
  }

  #counter(name: ExporterMetricName): Counter {
    return new Counter({ ...this.#options(name), registers: [this.registry] });
  }

  #options(name: ExporterMetricName): { name: string; help: string; labelNames: readonly string[] } {
    const { help, labels } = definitionOf(name);
    return { name, help, labelNames: labels };
  }
}
