// The SDK's push exporter: one export at a time, each with a deadline that holds, and a new connection after a failure.

import { type ExportResult, ExportResultCode } from '@opentelemetry/core';
import type { PushMetricExporter, ResourceMetrics } from '@opentelemetry/sdk-metrics';
import type { Connect, Connection } from './connection.ts';
import { describeError, type Outcome } from './outcome.ts';
import type { OtlpSettings } from './settings.ts';

export type { Outcome } from './outcome.ts';

export interface ExporterEvents {
  /** How an export ended: exactly once for each, and before the SDK is told. It must not throw. */
  onOutcome(outcome: Outcome): void;
}

interface UnderWay {
  readonly startMs: number;
  readonly ended: Promise<void>;
  /** Ends it in this way. Only the first time counts. */
  readonly end: (outcome: Outcome) => void;
  deadlineMs: number;
  timer: NodeJS.Timeout | undefined;
}

/**
 * `version` is the program's, for the user agent. What the protocol needs is loaded here, and nothing of the others;
 * nothing is sent. Rejects with OtlpError for TLS files that cannot be used.
 */
export async function createExporter(
  settings: OtlpSettings,
  events: ExporterEvents,
  version: string,
): Promise<OtlpExporter> {
  const isSecure = settings.url.startsWith('https:');
  const tls = isSecure ? await (await import('./tls.ts')).loadTls(settings.tls) : undefined;
  const options = { settings, userAgent: `netstat-exporter/${version}`, tls };
  const { protocol } = settings;
  const connect =
    protocol === 'grpc'
      ? (await import('./grpc-connection.ts')).grpcConnect(options)
      : await (await import('./http-connection.ts')).httpConnect({ ...options, protocol });
  return new OtlpExporter(connect, settings, events);
}

export class OtlpExporter implements PushMetricExporter {
  readonly #connect: Connect;
  readonly #settings: OtlpSettings;
  readonly #events: ExporterEvents;
  /** Kept while exports succeed. After a failure it is thrown away: nothing piles up in it, and nothing in it backs off. */
  #connection: Connection | undefined;
  #underWay: UnderWay | undefined;
  /** No export begins before, because the collector asked for it. Of performance.now(), as all times here. */
  #notBeforeMs = 0;
  /** Nothing lasts longer, because the program ends. */
  #closeMs = Number.POSITIVE_INFINITY;

  constructor(connect: Connect, settings: OtlpSettings, events: ExporterEvents) {
    this.#connect = connect;
    this.#settings = settings;
    this.#events = events;
  }

  export(metrics: ResourceMetrics, resultCallback: (result: ExportResult) => void): void {
    const refusal = this.#refusal();
    if (refusal === undefined) this.#begin(metrics, resultCallback);
    else this.#tell({ result: 'failure', reason: refusal }, resultCallback);
  }

  /**
   * The program ends: from now on all exports together last at most `timeoutMs`. The one under way gets half of it,
   * so that one more can follow.
   */
  closeWithin(timeoutMs: number): void {
    const nowMs = performance.now();
    this.#closeMs = nowMs + timeoutMs;
    const underWay = this.#underWay;
    if (underWay !== undefined) this.#setDeadline(underWay, Math.min(underWay.deadlineMs, nowMs + timeoutMs / 2));
  }

  /** Resolves when the export under way has ended. */
  async forceFlush(): Promise<void> {
    await this.#underWay?.ended;
  }

  /** Ends what is under way, closes the connection, and refuses what follows. */
  async shutdown(): Promise<void> {
    this.#closeMs = 0;
    this.#underWay?.end({ result: 'failure', reason: 'the exporter has been shut down' });
    this.#dropConnection();
  }

  #refusal(): string | undefined {
    const nowMs = performance.now();
    if (this.#underWay !== undefined) return 'another export is under way';
    if (nowMs >= this.#closeMs) return 'the exporter is being shut down, and there is no time left';
    const waitSeconds = Math.ceil((this.#notBeforeMs - nowMs) / 1000);
    if (waitSeconds > 0) return `the collector asked to be left alone (Retry-After); ${waitSeconds} s of that are left`;
    return undefined;
  }

  #begin(metrics: ResourceMetrics, resultCallback: (result: ExportResult) => void): void {
    const ended = Promise.withResolvers<void>();
    const startMs = performance.now();
    const end = (outcome: Outcome): void => {
      if (this.#underWay !== underWay) return;
      this.#underWay = undefined;
      clearTimeout(underWay.timer);
      if (outcome.result === 'failure') this.#endInFailure(outcome.retryAfterMs ?? 0);
      this.#tell(outcome, resultCallback);
      ended.resolve();
    };
    const underWay: UnderWay = { startMs, ended: ended.promise, end, deadlineMs: 0, timer: undefined };
    this.#underWay = underWay;
    // Before anything of the SDK's sets a timer of that length: Node keeps the order among those of one length.
    this.#setDeadline(underWay, Math.min(startMs + this.#settings.timeoutMs, this.#closeMs));
    this.#connection ??= this.#connect();
    this.#connection.send(metrics).then(end, (error: unknown) => {
      end({ result: 'failure', reason: `the metrics cannot be sent: ${describeError(error)}` });
    });
  }

  #setDeadline(underWay: UnderWay, deadlineMs: number): void {
    clearTimeout(underWay.timer);
    underWay.deadlineMs = deadlineMs;
    underWay.timer = setTimeout(
      () => {
        const missing = this.#connection?.missing() ?? 'no connection';
        const tookMs = Math.round(deadlineMs - underWay.startMs);
        underWay.end({ result: 'failure', reason: `${missing} within ${tookMs} ms` });
      },
      Math.ceil(deadlineMs - performance.now()),
    );
  }

  #endInFailure(retryAfterMs: number): void {
    this.#dropConnection();
    // A shorter wish is met by waiting for the next interval.
    if (retryAfterMs > this.#settings.intervalMs) this.#notBeforeMs = performance.now() + retryAfterMs;
  }

  #dropConnection(): void {
    this.#connection?.abort();
    this.#connection = undefined;
  }

  #tell(outcome: Outcome, resultCallback: (result: ExportResult) => void): void {
    this.#events.onOutcome(outcome);
    if (outcome.result === 'failure') {
      resultCallback({ code: ExportResultCode.FAILED, error: new Error(outcome.reason) });
    } else resultCallback({ code: ExportResultCode.SUCCESS });
  }
}
