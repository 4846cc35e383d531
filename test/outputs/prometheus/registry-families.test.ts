// What prom-client keeps, written by our writer, with prom-client's own text as the oracle.

import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry, Summary } from 'prom-client';
import { beforeEach, describe, expect, test } from 'vitest';
import { ExporterMetrics } from '../../../src/metrics/exporter-metrics.ts';
import type { Format } from '../../../src/outputs/prometheus/formats.ts';
import { registryFamilies } from '../../../src/outputs/prometheus/registry-families.ts';
import { writeFamilies } from '../../../src/outputs/prometheus/write-families.ts';
import { readText } from '../../support/exposition.ts';

let registry: Registry;
beforeEach(() => {
  registry = new Registry();
});

async function write(format: Format): Promise<string> {
  return writeFamilies(await registryFamilies(registry), format);
}

function addOneOfEachKind(): void {
  const registers = [registry];
  const labelNames = ['path'];
  new Counter({ name: 'c_total', help: 'A counter.', labelNames, registers }).inc({ path: 'C:\\ "x"\ny' }, 2.5);
  const gauge = new Gauge({ name: 'g', help: 'A "gauge" \\.', labelNames, registers });
  gauge.set({ path: 'a' }, 1e300);
  gauge.set({ path: 'b' }, Number.NEGATIVE_INFINITY);
  const histogram = new Histogram({
    name: 'h_seconds',
    help: 'A histogram.',
    labelNames,
    registers,
    buckets: [0.5, 1, 1e6],
  });
  histogram.observe({ path: 'a' }, 0.7);
  histogram.observe({ path: 'b' }, 2e6);
  const summary = new Summary({ name: 's', help: 'A summary.', labelNames, registers, percentiles: [0.5, 1] });
  summary.observe({ path: 'a' }, 3);
}

describe('text', () => {
  test('has the lines that prom-client writes, in its order', async () => {
    addOneOfEachKind();
    const theirs = (await registry.metrics()).split('\n').filter((line) => line !== '');
    expect((await write('text')).trimEnd().split('\n')).toEqual(theirs);
  });

  test('leaves out what has no samples, and labels without a value', async () => {
    new Gauge({ name: 'none', help: 'None.', labelNames: ['a'], registers: [registry] });
    new Gauge({ name: 'g', help: 'G.', labelNames: ['a'], registers: [registry] }).set({ a: '' }, 1);
    expect(await write('text')).toBe('# HELP g G.\n# TYPE g gauge\ng 1\n');
  });
});

describe('OpenMetrics', () => {
  test('has histograms and summaries with canonical limits, their samples together', async () => {
    addOneOfEachKind();
    const { samples, types } = readText(await write('openmetrics'));
    expect(Object.fromEntries(types)).toEqual({ c: 'counter', g: 'gauge', h_seconds: 'histogram', s: 'summary' });
    const ofB = samples.filter(({ name, labels }) => name.startsWith('h_') && labels['path'] === 'b');
    expect(ofB.map(({ name, labels, value }) => [name, labels['le'], value])).toEqual([
      ['h_seconds_bucket', '0.5', '0'],
      ['h_seconds_bucket', '1.0', '0'],
      ['h_seconds_bucket', '1e+06', '0'],
      ['h_seconds_bucket', '+Inf', '1'],
      ['h_seconds_sum', undefined, '2000000'],
      ['h_seconds_count', undefined, '1'],
    ]);
    expect(samples.filter(({ name }) => name === 's').map(({ labels }) => labels['quantile'])).toEqual(['0.5', '1.0']);
  });

  test('has the kind and unit that the catalogue knows of our own metrics', async () => {
    const exporterMetrics = new ExporterMetrics({ version: '1.2.3', revision: 'abc' });
    exporterMetrics.recordCollection({
      timestampMs: 1_700_000_000_500,
      bootTimeMs: 0,
      parts: { tcp4: { durationMs: 12 } },
      foldedGroups: {},
      families: [],
    });
    registry = exporterMetrics.registry;
    const { types, units, samples } = readText(await write('openmetrics'));
    expect(types.get('netstat_exporter_build')).toBe('info');
    expect(units.get('netstat_exporter_collection_duration_seconds')).toBe('seconds');
    expect(samples).toContainEqual({
      name: 'netstat_exporter_collection_duration_seconds',
      labels: { part: 'tcp4' },
      value: '0.012',
    });
    expect(samples).toContainEqual(expect.objectContaining({ name: 'netstat_exporter_build_info', value: '1' }));
  });

  test('has all default metrics of prom-client, none of which share a name', async () => {
    collectDefaultMetrics({ register: registry });
    const { types } = readText(await write('openmetrics'));
    expect(types.get('process_cpu_seconds')).toBe('counter');
    expect(types.get('nodejs_version_info')).toBe('gauge');
  });
});

test('a metric whose reading throws is an error, not a gap', async () => {
  const collect = (): never => {
    throw new Error('no reading');
  };
  new Gauge({ name: 'g', help: 'G.', registers: [registry], collect });
  await expect(write('text')).rejects.toThrow('no reading');
});
