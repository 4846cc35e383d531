// The push: the SDK's reader asks the producer at each interval, and gives what it gets to the exporter.

import { resourceFromAttributes } from '@opentelemetry/resources';
import { MeterProvider, PeriodicExportingMetricReader } from '@opentelemetry/sdk-metrics';
import { createExporter, type ExporterEvents, type OtlpExporter } from './exporter.ts';
import { type ProducerOptions, SamplesProducer } from './producer.ts';
import type { OtlpSettings } from './settings.ts';

/**
 * Larger pushes take several requests: the Collector's gRPC server takes 4 MiB at most, and each request holds up the
 * main thread while it is made.
 */
const MAXIMUM_POINTS_PER_REQUEST = 2_000;

export interface PushOptions extends Omit<ProducerOptions, 'temporality'> {
  readonly settings: OtlpSettings;
  /** Told how each request ended. */
  readonly events: ExporterEvents;
}

export class OtlpPush {
  readonly #settings: OtlpSettings;
  readonly #producer: SamplesProducer;
  readonly #exporter: OtlpExporter;
  #provider: MeterProvider | undefined;

  constructor(settings: OtlpSettings, producer: SamplesProducer, exporter: OtlpExporter) {
    this.#settings = settings;
    this.#producer = producer;
    this.#exporter = exporter;
  }

  /** Pushes as soon as there are samples, and then at each interval. Once. */
  start(resourceAttributes: Readonly<Record<string, string>>): void {
    const { intervalMs } = this.#settings;
    const reader = new PeriodicExportingMetricReader({
      exporter: this.#exporter,
      exportIntervalMillis: intervalMs,
      // The exporter has a deadline of its own, which comes first.
      exportTimeoutMillis: intervalMs,
      maxExportBatchSize: MAXIMUM_POINTS_PER_REQUEST,
      metricProducers: [this.#producer],
    });
    this.#provider = new MeterProvider({ resource: resourceFromAttributes(resourceAttributes), readers: [reader] });
    // What a wrong address or a collector that is down does is said now, and not after an interval.
    void this.#provider.forceFlush();
  }

  /** Pushes once more, and ends. Takes at most `timeoutMs`, whatever the collector does. Never rejects. */
  async close(timeoutMs: number): Promise<void> {
    this.#producer.closeWithin(timeoutMs / 4);
    this.#exporter.closeWithin(timeoutMs);
    const over = Promise.withResolvers<void>();
    const timer = setTimeout(over.resolve, timeoutMs);
    // What failed has been told as an outcome.
    const shutdown = this.#provider?.shutdown().catch(() => {});
    await Promise.race([shutdown, over.promise]);
    clearTimeout(timer);
  }
}

/** A push that can be started. Rejects with OtlpError when it cannot be as it is configured. */
export async function createPush({ settings, events, ...options }: PushOptions): Promise<OtlpPush> {
  const producer = new SamplesProducer({ ...options, temporality: settings.temporality });
  const producerAndOthers: ExporterEvents = {
    onOutcome(outcome) {
      producer.requestEnded(outcome.result !== 'failure');
      events.onOutcome(outcome);
    },
  };
  return new OtlpPush(settings, producer, await createExporter(settings, producerAndOthers, options.version));
}
