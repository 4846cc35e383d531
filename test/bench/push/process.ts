// Pushes the same number of series again and again, in a process of its own, and prints what that cost as JSON.
// Arguments: the way (`producer` or `instruments`), and how many series.
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { Attributes } from '@opentelemetry/api';
import { MeterProvider, PeriodicExportingMetricReader } from '@opentelemetry/sdk-metrics';
import { definitionOf, type HostMetricName } from '../../../src/metrics/catalogue.ts';
import { FamilyBuilder, type Samples } from '../../../src/metrics/samples.ts';
import { createExporter, type ExporterEvents } from '../../../src/outputs/otlp/exporter.ts';
import { attributeOf, otlpMetricOf } from '../../../src/outputs/otlp/mapping.ts';
import { createPush } from '../../../src/outputs/otlp/push.ts';
import type { OtlpSettings } from '../../../src/outputs/otlp/settings.ts';
import { SETTINGS } from '../../support/test-exporter.ts';

const PUSHES = 5;
/** Also what a push may take. */
const INTERVAL_MS = 1_000;
const STATES = ['listen', 'established', 'close_wait', 'time_wait'] as const;

export interface PushCost {
  /** The longest block of the event loop during the first push, and in the others. */
  readonly firstBlockMs: number;
  readonly blocksMs: readonly number[];
  /** Of the main thread. */
  readonly cpuMsPerPush: number;
}

/** The exporter's own way, or the SDK's usual one. */
export type PushWay = 'producer' | 'instruments';

const [way = 'producer', seriesText = '10000'] = process.argv.slice(2);
const series = Number(seriesText);

function samplesOf(push: number): Samples {
  const builder = new FamilyBuilder();
  for (let group = 0; group * STATES.length * 2 < series; group++) {
    for (const state of STATES) {
      const process = { process: `process-${group}.exe`, services: `Service${group}`, pid: '' };
      builder.add('netstat_process_tcp_connections', { ...process, state }, group + push);
      builder.add('netstat_port_tcp_connections', { port: String(1_024 + group), state }, group + push);
    }
  }
  return { timestampMs: Date.now(), bootTimeMs: 0, parts: {}, foldedGroups: {}, families: builder.build() };
}

const receiver = new Worker(new URL('receiver.ts', import.meta.url));
const [port] = (await once(receiver, 'message')) as [number];
const settings: OtlpSettings = {
  ...SETTINGS,
  url: `http://127.0.0.1:${port}/v1/metrics`,
  intervalMs: INTERVAL_MS,
  timeoutMs: INTERVAL_MS,
};
/** Made beforehand: on the host they come from the collection worker. */
const collections = Array.from({ length: PUSHES }, (_, push) => samplesOf(push));
const blocksMs: number[] = [];
let cpu = process.threadCpuUsage();

/** Node's own monitor does not count the block in which it is reset. */
let longestMs = 0;
function watchEventLoop(): void {
  let lastMs = performance.now();
  setInterval(() => {
    const nowMs = performance.now();
    longestMs = Math.max(longestMs, nowMs - lastMs);
    lastMs = nowMs;
  }, 1);
}

/** The next collection; what the push before cost is noted. */
function nextSamples(): Samples {
  const push = blocksMs.length;
  if (push > 0) blocksMs[push - 1] = longestMs;
  blocksMs.push(0);
  longestMs = 0;
  if (push === 1) cpu = process.threadCpuUsage();
  const samples = collections[push];
  if (samples === undefined) return finish();
  return samples;
}

function finish(): never {
  const { user, system } = process.threadCpuUsage(cpu);
  const [firstBlockMs = Number.NaN, ...others] = blocksMs.slice(0, PUSHES);
  const cost: PushCost = {
    firstBlockMs,
    blocksMs: others,
    cpuMsPerPush: (user + system) / 1_000 / (PUSHES - 1),
  };
  process.stdout.write(JSON.stringify(cost));
  process.exit(0);
}

function failed(reason: unknown): never {
  throw new Error(`a push failed: ${JSON.stringify(reason)}`);
}

const events: ExporterEvents = {
  onOutcome: (outcome) => outcome.result === 'success' || failed(outcome),
};

async function pushByProducer(): Promise<void> {
  const push = await createPush({
    settings,
    registry: undefined,
    version: '',
    samples: async () => nextSamples(),
    events,
    failed,
  });
  watchEventLoop();
  push.start({});
}

/** As one would with the SDK alone: an observable instrument a metric, and a callback that observes each series. */
async function pushByInstruments(): Promise<void> {
  const exporter = await createExporter(settings, events, '');
  const reader = new PeriodicExportingMetricReader({
    exporter,
    exportIntervalMillis: INTERVAL_MS,
    exportTimeoutMillis: INTERVAL_MS,
    cardinalityLimits: { default: 2 * series },
  });
  const meter = new MeterProvider({ readers: [reader] }).getMeter('bench');
  const names: readonly HostMetricName[] = ['netstat_process_tcp_connections', 'netstat_port_tcp_connections'];
  const instruments = names.map((name) => meter.createObservableUpDownCounter(otlpMetricOf(name).descriptor.name));
  meter.addBatchObservableCallback((result) => {
    const { families } = nextSamples();
    families.forEach((family, metric) => {
      const { labels } = definitionOf(family.name);
      family.values.forEach((value, sample) => {
        const attributes: Attributes = Object.fromEntries(
          labels.flatMap((label, column) => {
            const attribute = attributeOf(label, family.labelValues[sample * labels.length + column] ?? '');
            return attribute === undefined ? [] : [attribute];
          }),
        );
        const instrument = instruments[metric];
        if (instrument !== undefined) result.observe(instrument, value, attributes);
      });
    });
  }, instruments);
  watchEventLoop();
}

await (way === 'producer' ? pushByProducer() : pushByInstruments());
