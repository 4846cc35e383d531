// World: none.
import perfHooks from 'node:perf_hooks';
import { describe, expect, it, vi } from 'vitest';
import { METRIC_NAMES } from '../../src/metrics/catalogue.ts';
import { ExporterMetrics, HANDLERS } from '../../src/metrics/exporter-metrics.ts';
import { seriesLimits } from '../../src/metrics/limits.ts';
import type { Samples } from '../../src/metrics/samples.ts';
import { PARTS, type Part, type PartReport } from '../../src/model/snapshot.ts';
import { registryKind } from '../../src/outputs/registry.ts';
import { DEFAULT_SETTINGS } from '../support/settings.ts';

const BUILD = { version: '1.2.3', revision: 'abc' };

function samplesWith(parts: Partial<Record<Part, PartReport>>): Samples {
  const foldedGroups = { process: 1, port: 1, listener: 1, destination: 1 };
  return { timestampMs: 0, bootTimeMs: 0, parts, foldedGroups, families: [] };
}

function failedWith(code: string): PartReport {
  return { durationMs: 1, error: { code, message: `it failed: ${code}` } };
}

/** The values of a counter, by the code that it counts. */
async function countsByCode(metrics: ExporterMetrics, name: string): Promise<Readonly<Record<string, number>>> {
  const { values = [] } = (await metrics.registry.getMetricsAsJSON()).find((metric) => metric.name === name) ?? {};
  return Object.fromEntries(values.map(({ labels, value }) => [labels['code'], value]));
}

describe('the errors of collections', () => {
  it('have sixteen codes of their own for a part, and the others are _other', async () => {
    const metrics = new ExporterMetrics(BUILD);
    for (const code of ['1', '2', '1', ...Array.from({ length: 17 }, (_, index) => `0xC000000${index}`), '2', '3']) {
      metrics.recordCollection(samplesWith({ tcp4: failedWith(code) }));
    }
    const counts = await countsByCode(metrics, 'netstat_exporter_collection_errors_total');
    expect(Object.keys(counts)).toHaveLength(17);
    expect(counts).toMatchObject({ '1': 2, '2': 2, '0xC0000000': 1, '0xC00000013': 1, _other: 4 });
    expect(counts).not.toHaveProperty('0xC00000014');
  });

  it('of one part take no place from those of another', async () => {
    const metrics = new ExporterMetrics(BUILD);
    for (let code = 0; code < 20; code++) metrics.recordCollection(samplesWith({ tcp4: failedWith(String(code)) }));
    metrics.recordCollection(samplesWith({ tcp6: failedWith('99') }));
    expect(await countsByCode(metrics, 'netstat_exporter_collection_errors_total')).toMatchObject({ '99': 1 });
  });
});

describe('the answers to requests', () => {
  it('have sixteen status codes of their own for a handler', async () => {
    const metrics = new ExporterMetrics(BUILD);
    for (let code = 400; code < 420; code++) metrics.recordRequest('metrics', code);
    metrics.recordRequest('metrics', 400);
    const counts = await countsByCode(metrics, 'netstat_exporter_http_requests_total');
    expect(Object.keys(counts)).toHaveLength(17);
    expect(counts).toMatchObject({ '400': 2, '415': 1, _other: 4 });
  });
});

describe('the exporter’s own metrics', () => {
  /** All that can be told of, more often than there are series for it. */
  async function fullMetrics() {
    const metrics = new ExporterMetrics(BUILD);
    metrics.expectPushes();
    metrics.recordPush('success');
    for (let code = 0; code < 30; code++) {
      const failed = failedWith(String(code));
      metrics.recordCollection(samplesWith(Object.fromEntries(PARTS.map((part) => [part, failed]))));
      for (const handler of HANDLERS) metrics.recordRequest(handler, code);
    }
    return await metrics.registry.getMetricsAsJSON();
  }
  const limits = seriesLimits(DEFAULT_SETTINGS).filter(({ group }) => group === 'exporter');

  it('reach their limits of series, and go no further', async () => {
    const lengths = (await fullMetrics()).map(({ name, values }) => [name, values.length] as const);
    const ours = lengths.filter(([name]) => (METRIC_NAMES as readonly string[]).includes(name));
    const allowed = limits.filter(({ metric }) => metric.startsWith('netstat_'));
    expect(Object.fromEntries(ours)).toEqual(Object.fromEntries(allowed.map(({ metric, series }) => [metric, series])));
  });

  it('have far fewer of prom-client’s default series than is said', async () => {
    const defaults = (await fullMetrics()).filter(({ name }) => /^(process|nodejs)_/.test(name));
    // One for each type of open resource; of all others the number is known.
    const byType = defaults.filter(({ name }) => /^nodejs_active_/.test(name));
    const fixed = defaults.filter((metric) => !byType.includes(metric) && registryKind(metric) !== 'histogram');
    const seriesOf = (metrics: typeof defaults) => metrics.reduce((sum, { values }) => sum + values.length, 0);
    const kindsOfCollection = ['major', 'minor', 'incremental', 'weakcb'];
    const bucketsSumAndCount = 9;
    const most = seriesOf(fixed) + kindsOfCollection.length * bucketsSumAndCount + 2 * seriesOf(byType);
    const limit = limits.find(({ metric }) => metric === 'process_*, nodejs_*')?.series;
    expect(defaults.map(({ name }) => name)).toContain('nodejs_heap_space_size_used_bytes');
    expect(byType).toHaveLength(3);
    expect(most).toBeLessThan(limit ?? 0);
  });
});

describe('the metrics of Node.js', () => {
  const HOUR_MS = 3_600_000;

  it('say how late the event loop is at a scrape', async () => {
    const metrics = await new ExporterMetrics(BUILD).registry.getMetricsAsJSON();
    const ofTheLoop = metrics.map(({ name }) => name).filter((name) => name.startsWith('nodejs_eventloop'));
    expect(ofTheLoop).toEqual(['nodejs_eventloop_lag_seconds']);
  });

  it('wake nobody up between scrapes', () => {
    using monitor = vi.spyOn(perfHooks, 'monitorEventLoopDelay');
    new ExporterMetrics(BUILD);
    for (const [{ resolution = 0 } = {}] of monitor.mock.calls) expect(resolution).toBeGreaterThan(HOUR_MS);
    expect(monitor).toHaveBeenCalled();
  });
});
