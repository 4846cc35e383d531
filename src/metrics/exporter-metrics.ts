// The exporter's metrics about itself, kept by prom-client and defined in the catalogue.

import { Counter, collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import { definitionOf, type ExporterMetricName, type Labels } from './catalogue.ts';
import { OTHER } from './groups/groups.ts';
import type { Samples } from './samples.ts';

/** prom-client types these gauges' names as counters, which Prometheus' linter rightly objects to. */
const MISNAMED_DEFAULTS = [
  'nodejs_active_handles_total',
  'nodejs_active_requests_total',
  'nodejs_active_resources_total',
];

/**
 * How late timers are between scrapes. To know it prom-client sets one a hundred times a second, which takes the main thread
 * more than all else at the default interval. How late one is at a scrape, `nodejs_eventloop_lag_seconds`, costs nothing.
 */
const COSTLY_DEFAULTS = ['min', 'max', 'mean', 'stddev', 'p50', 'p90', 'p99'].map(
  (statistic) => `nodejs_eventloop_lag_${statistic}_seconds`,
);
/** That timer cannot be turned off: it comes once a day instead. */
const EVENT_LOOP_TIMER_MS = 86_400_000;

/**
 * The most series that prom-client's default metrics have: some 50 at rest, 36 more with all kinds of garbage collection,
 * and up to three for each type of open resource, of which a process has a dozen or so.
 */
export const MAX_DEFAULT_METRICS_SERIES = 200;

/** The most codes of one part, or of one handler, that have a series of their own; further ones are counted in `_other`. */
export const MAX_CODES = 16;

/** What answers requests, as `netstat_exporter_http_requests_total` names it. `other` is all that no page answers. */
export const HANDLERS = [
  'metrics',
  'landing',
  'live',
  'api',
  'healthy',
  'ready',
  'health',
  'version',
  'other',
] as const;
export type Handler = (typeof HANDLERS)[number];

/** How an export request over OTLP can end. */
export const PUSH_RESULTS = ['success', 'partial_success', 'failure'] as const;
export type PushResult = (typeof PUSH_RESULTS)[number];

export interface Build {
  readonly version: string;
  readonly revision: string;
}

/** One for a running exporter. `registry` is read at each scrape that comes a tenth of a second after another. */
export class ExporterMetrics {
  readonly registry = new Registry();
  readonly #success = this.#gauge('netstat_exporter_collection_success');
  readonly #durationSeconds = this.#gauge('netstat_exporter_collection_duration_seconds');
  readonly #timestampSeconds = this.#gauge('netstat_exporter_collection_timestamp_seconds');
  readonly #errors = this.#counter('netstat_exporter_collection_errors_total');
  readonly #skipped = this.#counter('netstat_exporter_collections_skipped_total');
  readonly #restarts = this.#counter('netstat_exporter_collection_worker_restarts_total');
  readonly #foldedGroups = this.#gauge('netstat_exporter_folded_groups');
  readonly #pushes = this.#counter('netstat_exporter_otlp_exports_total');
  readonly #lastPushSeconds = this.#gauge('netstat_exporter_otlp_last_success_timestamp_seconds');
  readonly #requests = this.#counter('netstat_exporter_http_requests_total');
  readonly #errorCodes = new LimitedCodes();
  readonly #statusCodes = new LimitedCodes();

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
    collectDefaultMetrics({ register: this.registry, eventLoopMonitoringPrecision: EVENT_LOOP_TIMER_MS });
    for (const name of [...MISNAMED_DEFAULTS, ...COSTLY_DEFAULTS]) this.registry.removeSingleMetric(name);
  }

  /** What one collection read, how long that took, and what failed. */
  recordCollection(samples: Samples): void {
    this.#timestampSeconds.set(samples.timestampMs / 1000);
    this.#success.reset();
    this.#durationSeconds.reset();
    for (const [part, report] of Object.entries(samples.parts)) {
      this.#success.set({ part }, report.error === undefined ? 1 : 0);
      this.#durationSeconds.set({ part }, Math.round(report.durationMs * 1000) / 1_000_000);
      if (report.error === undefined) continue;
      this.#errors.inc({ part, code: this.#errorCodes.limit(part, report.error.code) });
    }
    this.#foldedGroups.reset();
    for (const [group, count] of Object.entries(samples.foldedGroups)) this.#foldedGroups.set({ group }, count);
  }

  /** A collection was due and not made. */
  recordSkipped(): void {
    this.#skipped.inc();
  }

  /** The worker that collects had ended, and was started again. */
  recordRestart(): void {
    this.#restarts.inc();
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

  recordRequest(handler: Handler, code: number): void {
    this.#requests.inc({ handler, code: this.#statusCodes.limit(handler, String(code)) });
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

/** Counters keep every label set that they ever had: without a limit, a host with ever new errors would fill them. */
class LimitedCodes {
  readonly #codes = new Map<string, Set<string>>();

  /** The code, or `_other` where `owner` has enough other ones. */
  limit(owner: string, code: string): string {
    const codes = this.#codes.get(owner) ?? new Set<string>();
    this.#codes.set(owner, codes);
    if (codes.size < MAX_CODES) codes.add(code);
    return codes.has(code) ? code : OTHER;
  }
}
