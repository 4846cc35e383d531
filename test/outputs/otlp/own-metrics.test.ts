// World: none; the registries are the test's own.
import { AggregationTemporality, DataPointType } from '@opentelemetry/sdk-metrics';
import { Histogram, Registry } from 'prom-client';
import { describe, expect, it } from 'vitest';
import { ExporterMetrics } from '../../../src/metrics/exporter-metrics.ts';
import { BUILD, FIRST_MS, sentAt, world } from './producer-world.ts';
import { linesOf, metricOf, metricsOf } from './pushed.ts';

describe("the exporter's own metrics", () => {
  it('go with each push, with the time of the push, counted from the start of the program', async () => {
    const own = new ExporterMetrics(BUILD);
    own.expectPushes();
    own.recordRequest('metrics', 200);
    const { push } = world({ registry: own.registry });
    await push(sentAt(FIRST_MS, 1));
    own.recordRequest('metrics', 200);
    const beforeMs = Date.now();
    const pushed = await push(sentAt(FIRST_MS, 1));
    const lines = linesOf(pushed);
    expect(lines).toContain('netstat.exporter.http.requests{handler=metrics,code=200} 2');
    expect(lines).toContain('netstat.exporter.otlp.exports{result=failure} 0');
    expect(lines.some((line) => line.startsWith('process.cpu{}'))).toBe(true);
    expect(lines.some((line) => line.startsWith('netstat.tcp'))).toBe(false);
    const [point] = metricOf(pushed, 'netstat.exporter.http.requests').dataPoints;
    const [startSeconds, startNanoseconds] = point?.startTime ?? [0, 0];
    expect(startSeconds * 1_000 + startNanoseconds / 1_000_000).toBeCloseTo(performance.timeOrigin, 2);
    expect((point?.endTime[0] ?? 0) + 1).toBeGreaterThanOrEqual(Math.floor(beforeMs / 1000));
  });

  it('have a form in OTLP, all of them, with a unit where the name has one', async () => {
    const own = new ExporterMetrics(BUILD);
    const pushed = await world({ registry: own.registry }).push(undefined);
    expect(metricsOf(pushed).filter(({ dataPoints }) => dataPoints.length === 0)).toEqual([]);
    const units = Object.fromEntries(metricsOf(pushed).map(({ descriptor }) => [descriptor.name, descriptor.unit]));
    expect(units).toMatchObject({
      'process.cpu': 's',
      'process.resident_memory': 'By',
      'netstat.exporter.build_info': '',
    });
  });

  it('have histograms as histograms', async () => {
    const registry = new Registry();
    const histogram = new Histogram({
      name: 'x_seconds',
      help: 'X.',
      labelNames: ['kind'],
      buckets: [1, 10],
      registers: [registry],
    });
    for (const seconds of [0.5, 0.6, 5, 20]) histogram.observe({ kind: 'major' }, seconds);
    const { push } = world({ registry, temporality: 'delta' });
    const expected = { buckets: { boundaries: [1, 10], counts: [2, 1, 1] }, count: 4, sum: 26.1 };
    const first = metricOf(await push(undefined), 'x');
    expect(first).toMatchObject({
      dataPointType: DataPointType.HISTOGRAM,
      aggregationTemporality: AggregationTemporality.DELTA,
      dataPoints: [{ attributes: { kind: 'major' }, value: expected }],
    });
    histogram.observe({ kind: 'major' }, 2);
    const [next] = metricOf(await push(undefined), 'x').dataPoints;
    expect(next?.value).toMatchObject({ buckets: { boundaries: [1, 10], counts: [0, 1, 0] }, count: 1 });
  });

  it('that cannot be read keep nothing else from being pushed, and it is said', async () => {
    const registry = new Registry();
    const broken = new Histogram({ name: 'x_seconds', help: 'X.', registers: [registry] });
    broken.get = () => Promise.reject(new Error('broken'));
    const { push, failures } = world({ registry });
    expect(linesOf(await push(sentAt(FIRST_MS, 1)))).toEqual(['netstat.tcp.segments_sent{network.type=ipv4} 1']);
    expect(failures).toMatchObject([{ message: 'broken' }]);
  });

  it('as deltas begin with all that they have counted', async () => {
    const own = new ExporterMetrics(BUILD);
    const { push } = world({ registry: own.registry, temporality: 'delta' });
    const requests = async (): Promise<readonly string[]> =>
      linesOf(await push(undefined)).filter((line) => line.startsWith('netstat.exporter.http.requests'));
    own.recordRequest('metrics', 200);
    own.recordRequest('metrics', 200);
    expect(await requests()).toEqual(['netstat.exporter.http.requests{handler=metrics,code=200} 2']);
    own.recordRequest('metrics', 200);
    expect(await requests()).toEqual(['netstat.exporter.http.requests{handler=metrics,code=200} 1']);
  });
});
