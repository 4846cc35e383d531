// World: a real OpenTelemetry Collector, which the push of a test's own samples goes to. Provided by: npm run test:peers
import { describe, expect, it } from 'vitest';
import { aggregate } from '../../src/metrics/aggregate.ts';
import type { Samples } from '../../src/metrics/samples.ts';
import { createPush } from '../../src/outputs/otlp/push.ts';
import type { OtlpSettings } from '../../src/outputs/otlp/settings.ts';
import { pointsOf, type ReceivedPoint } from '../support/otlp-json.ts';
import { DEFAULT_SETTINGS } from '../support/settings.ts';
import { snapshotOf } from '../support/snapshots.ts';
import { SETTINGS } from '../support/test-exporter.ts';
import { findPeers, PROVIDED_BY } from '../worlds/peers/programs.ts';
import { startCollector } from './collector.ts';
import { eventually } from './eventually.ts';
import { type Series, type SeriesValues, valuesOf } from './series.ts';

const GENERATIONS = 20;
const PROCESSES = 250;
const FIRST_PORT = 10_000;
const INTERVAL_MS = 250;

/** Of the host as a whole: the same in each generation. */
const OF_THE_HOST = /^(?:system\.network\.connection\.count|netstat\.ephemeral\..*)$/;
const LISTENING = { 'network.transport': 'tcp', 'network.type': 'ipv4', 'network.local.address': '0.0.0.0' };

interface Process {
  readonly pid: number;
  readonly name: string;
  readonly port: number;
}

/** What listens while this generation is alive. None is in two generations, and no port either. */
function processesOf(generation: number): readonly Process[] {
  return Array.from({ length: PROCESSES }, (_, index) => {
    const number = generation * PROCESSES + index;
    return { pid: 100_000 + number, name: `generation-${generation}-${index}`, port: FIRST_PORT + number };
  });
}

function samplesOf(generation: number): Samples {
  const processes = processesOf(generation);
  const snapshot = snapshotOf({
    tcp4: processes.map(({ pid, port }) => ['listen', '0.0.0.0', port, '0.0.0.0', 0, pid]),
    processes: processes.map(({ pid, name }) => [pid, name]),
  });
  const settings = { ...DEFAULT_SETTINGS, processLimit: PROCESSES, portLimit: PROCESSES };
  return { ...aggregate(snapshot, settings), timestampMs: Date.now() };
}

/** By process and by port, of which three states are always there; and each listener. */
function expectedOf(generation: number): SeriesValues {
  const states = { listen: 1, established: 0, close_wait: 0 };
  const series = processesOf(generation).flatMap(({ name, port }) => {
    const process = { 'process.executable.name': name };
    const localPort = { 'network.local.port': String(port) };
    const counts = Object.entries(states).flatMap(([state, value]) => [
      seriesIn('netstat.process.tcp.connections', process, state, value),
      seriesIn('netstat.port.tcp.connections', localPort, state, value),
    ]);
    return [...counts, { name: 'netstat.listener.info', labels: { ...LISTENING, ...localPort, ...process }, value: 1 }];
  });
  return valuesOf(series);
}

function seriesIn(name: string, labels: Series['labels'], state: string, value: number): Series {
  return { name, labels: { ...labels, 'network.connection.state': state }, value };
}

/** Of which generation the processes are that somebody was told of. */
function generationOf(points: readonly ReceivedPoint[]): number {
  const names = points.map(({ attributes }) => attributes['process.executable.name']);
  const name = names.find((candidate) => candidate !== undefined);
  return Number(/^generation-(\d+)-/.exec(name ?? '')?.[1]);
}

describe.skipIf(findPeers().collector === undefined)(`a push of what comes and goes (${PROVIDED_BY.collector})`, () => {
  it('tells of 5,000 processes and ports over twenty pushes, and each time exactly of those that are alive', async () => {
    await using collector = await startCollector();
    const settings: OtlpSettings = {
      ...SETTINGS,
      url: `${collector.endpoints['http/protobuf']}/v1/metrics`,
      compression: 'gzip',
      intervalMs: INTERVAL_MS,
      timeoutMs: INTERVAL_MS,
    };
    let generation = 0;
    const push = await createPush({
      settings,
      samples: async () => (generation < GENERATIONS ? samplesOf(generation) : undefined),
      registry: undefined,
      version: '1.2.3',
      failed: () => {},
      events: {
        // A push that a slow machine gives up is made again.
        onOutcome({ result }) {
          if (result === 'success') generation += 1;
        },
      },
    });
    push.start({ 'service.name': 'churn' });
    await eventually('all generations have arrived', () => (generation >= GENERATIONS ? true : undefined));
    await push.close(INTERVAL_MS);
    await eventually('the last one is in the file', () => {
      const last = collector
        .requests()
        .map(pointsOf)
        .some((points) => generationOf(points) === GENERATIONS - 1);
      return last || undefined;
    });

    const seen = new Set<number>();
    for (const points of collector
      .requests()
      .map(pointsOf)
      .filter(({ length }) => length > 0)) {
      const told = generationOf(points);
      seen.add(told);
      const byGroup = points
        .filter(({ name }) => !OF_THE_HOST.test(name))
        .map(({ name, attributes, value }) => ({ name, labels: attributes, value }));
      expect(valuesOf(byGroup)).toEqual(expectedOf(told));
    }
    expect([...seen]).toEqual([...Array(GENERATIONS).keys()]);
  });
});
