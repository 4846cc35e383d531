// The part `text`: a collection's samples written as text, beside prom-client.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Gauge, Registry } from 'prom-client';
import { definitionOf, GROUPS, type HostMetricName } from '../../src/metrics/catalogue.ts';
import { FamilyBuilder, type Samples } from '../../src/metrics/samples.ts';
import { FORMATS, type Format } from '../../src/outputs/prometheus/formats.ts';
import { samplesFamilies } from '../../src/outputs/prometheus/samples-families.ts';
import { writeFamilies } from '../../src/outputs/prometheus/write-families.ts';
import { type Figure, summarize } from './harness/figures.ts';
import { type Cell, type Part, type PartResult, ratioOf } from './harness/part.ts';

const SERIES = [200, 2_000, 10_000];
const RUNS = 50;
const STATES = ['listen', 'established', 'close_wait', 'time_wait'] as const;

export const text: Part = {
  name: 'text',
  title: 'Text',
  about: `A collection's samples, half of them of processes and half of ports, written in memory as the text of an answer. prom-client has gauges for them: _set_ is to reset these and set them anew, as after each collection, _written_ is \`registry.metrics()\`. In one process, by turns.`,
  run,
};

async function run(): Promise<PartResult> {
  const rows: Cell[][] = [];
  for (const format of FORMATS) for (const series of SERIES) rows.push(await compare(series, format));
  const columns = [
    'Format',
    'Series',
    'prom-client, set',
    'prom-client, written',
    'This program',
    'Ratio to prom-client, written',
    'Ratio to both',
  ];
  const require = createRequire(import.meta.url);
  const { version } = JSON.parse(readFileSync(require.resolve('prom-client/package.json'), 'utf8'));
  return { tables: [{ title: '', columns, rows }], versions: { 'prom-client': version } };
}

async function compare(series: number, format: Format): Promise<Cell[]> {
  const samples = samplesOf(series);
  const registry = registryOf(samples, format);
  const groups = new Set(GROUPS);
  const times: Record<'set' | 'written' | 'both' | 'ours', number[]> = { set: [], written: [], both: [], ours: [] };
  for (let run = 0; run < 2 * RUNS; run++) {
    const startMs = performance.now();
    registry.set();
    const setMs = performance.now();
    await registry.text();
    const writtenMs = performance.now();
    writeFamilies(samplesFamilies(samples, groups), format);
    const oursMs = performance.now();
    // The first half is to warm up.
    if (run < RUNS) continue;
    times.set.push(setMs - startMs);
    times.written.push(writtenMs - setMs);
    times.both.push(writtenMs - startMs);
    times.ours.push(oursMs - writtenMs);
  }
  const figure = (name: keyof typeof times): Figure => summarize(times[name], 'ms');
  const ours = figure('ours');
  return [
    format,
    series,
    figure('set'),
    figure('written'),
    ours,
    ratioOf(ours, figure('written')),
    ratioOf(ours, figure('both')),
  ];
}

function samplesOf(series: number): Samples {
  const builder = new FamilyBuilder();
  for (let group = 0; group * STATES.length * 2 < series; group++) {
    for (const state of STATES) {
      const process = { process: `process-${group}.exe`, services: `Service${group}`, pid: '' };
      builder.add('netstat_process_tcp_connections', { ...process, state }, group);
      builder.add('netstat_port_tcp_connections', { port: String(1_024 + group), state }, group);
    }
  }
  return { timestampMs: Date.now(), bootTimeMs: 0, parts: {}, foldedGroups: {}, families: builder.build() };
}

function registryOf({ families }: Samples, format: Format) {
  const registry = new Registry<typeof Registry.PROMETHEUS_CONTENT_TYPE | typeof Registry.OPENMETRICS_CONTENT_TYPE>();
  registry.setContentType(format === 'text' ? Registry.PROMETHEUS_CONTENT_TYPE : Registry.OPENMETRICS_CONTENT_TYPE);
  const gauges = families.map(({ name }) => new Gauge({ ...optionsOf(name), registers: [registry] }));
  return {
    set: () => {
      families.forEach(({ name, values, labelValues }, index) => {
        const { labels } = definitionOf(name);
        const gauge = gauges[index];
        gauge?.reset();
        values.forEach((value, sample) => {
          const entries = labels.map((label, column) => [label, labelValues[sample * labels.length + column] ?? '']);
          gauge?.set(Object.fromEntries(entries), value);
        });
      });
    },
    text: () => registry.metrics(),
  };
}

function optionsOf(name: HostMetricName): { name: string; help: string; labelNames: readonly string[] } {
  const { help, labels } = definitionOf(name);
  return { name, help, labelNames: labels };
}
