// World: none; the samples are the test's own.
import { AggregationTemporality, DataPointType } from '@opentelemetry/sdk-metrics';
import { describe, expect, it } from 'vitest';
import { definitionOf, HOST_METRIC_NAMES, type Labels } from '../../../src/metrics/catalogue.ts';
import { ExporterMetrics } from '../../../src/metrics/exporter-metrics.ts';
import type { Samples } from '../../../src/metrics/samples.ts';
import { otlpMetricOf } from '../../../src/outputs/otlp/mapping.ts';
import { SamplesProducer } from '../../../src/outputs/otlp/producer.ts';
import { BUILD, FIRST_MS, samplesAt, sentAt, world } from './producer-world.ts';
import { linesOf, metricOf, metricsOf } from './pushed.ts';

const SECOND_MS = FIRST_MS + 60_000;
const THIRD_MS = SECOND_MS + 60_000;
const HR_BOOT = [1_700_000_000, 0];
const HR_FIRST = [1_700_003_600, 123_000_000];
const HR_SECOND = [1_700_003_660, 123_000_000];
const HR_THIRD = [1_700_003_720, 123_000_000];
const HR_NONE = [0, 0];

describe('a push of a collection', () => {
  it('has every metric of the catalogue with its kind, unit and description, and what shares a name in one', async () => {
    const samples = samplesAt(FIRST_MS, (builder) => {
      for (const name of HOST_METRIC_NAMES) {
        const labels = Object.fromEntries(
          definitionOf(name).labels.map((label) => [label, label === 'port' ? '1' : 'x']),
        );
        builder.add(name, labels as Labels<typeof name>, 1);
      }
    });
    const pushed = await world().push(samples);
    const names = metricsOf(pushed).map(({ descriptor }) => descriptor.name);
    expect(names).toEqual([...new Set(HOST_METRIC_NAMES.map((name) => otlpMetricOf(name).descriptor.name))]);
    for (const name of HOST_METRIC_NAMES) {
      const { descriptor, kind } = otlpMetricOf(name);
      const metric = metricOf(pushed, descriptor.name);
      expect(metric.descriptor).toEqual(descriptor);
      expect(metric.dataPointType).toBe(kind === 'gauge' ? DataPointType.GAUGE : DataPointType.SUM);
      if (metric.dataPointType === DataPointType.SUM) expect(metric.isMonotonic).toBe(kind === 'counter');
      expect(metric.aggregationTemporality).toBe(AggregationTemporality.CUMULATIVE);
    }
    expect(pushed.resourceMetrics.scopeMetrics).toMatchObject([
      { scope: { name: 'netstat-exporter', version: '1.2.3' } },
    ]);
  });

  it('has the connections of both protocols as system.network.connection.count', async () => {
    const pushed = await world().push(
      samplesAt(FIRST_MS, (builder) => {
        builder.add('netstat_tcp_connections', { family: 'ipv4', state: 'listen' }, 3);
        builder.add('netstat_udp_endpoints', { family: 'ipv6' }, 2);
      }),
    );
    expect(linesOf(pushed)).toEqual([
      'system.network.connection.count{network.transport=tcp,network.type=ipv4,network.connection.state=listen} 3',
      'system.network.connection.count{network.transport=udp,network.type=ipv6} 2',
    ]);
  });

  it('has ports and process ids as numbers, and leaves out what is empty', async () => {
    const pushed = await world().push(
      samplesAt(FIRST_MS, (builder) => {
        builder.add('netstat_port_udp_endpoints', { port: '53' }, 1);
        builder.add('netstat_port_udp_endpoints', { port: '_other' }, 4);
        builder.add('netstat_process_udp_endpoints', { process: 'dns.exe', services: '', pid: '812' }, 1);
        builder.add('netstat_process_udp_endpoints', { process: '_other', services: '', pid: '' }, 4);
      }),
    );
    const attributes = metricsOf(pushed).flatMap(({ dataPoints }) => dataPoints.map((point) => point.attributes));
    expect(attributes).toEqual([
      { 'process.executable.name': 'dns.exe', 'process.pid': 812 },
      { 'process.executable.name': '_other' },
      { 'network.local.port': 53 },
      { 'netstat.folded': true },
    ]);
  });

  it('has the time of the snapshot; sums count from the boot, gauges from nowhere', async () => {
    const pushed = await world().push(
      samplesAt(FIRST_MS, (builder) => {
        builder.add('netstat_tcp_segments_sent_total', { family: 'ipv4' }, 9);
        builder.add('netstat_tcp_rto_min_seconds', { family: 'ipv4' }, 0.3);
        builder.add('netstat_udp_endpoints', { family: 'ipv4' }, 2);
      }),
    );
    const times = metricsOf(pushed).flatMap(({ descriptor, dataPoints }) =>
      dataPoints.map(({ startTime, endTime }) => [descriptor.name, startTime, endTime]),
    );
    expect(times).toEqual([
      ['netstat.tcp.segments_sent', HR_BOOT, HR_FIRST],
      ['netstat.tcp.rto_min', HR_NONE, HR_FIRST],
      ['system.network.connection.count', HR_BOOT, HR_FIRST],
    ]);
  });

  it('counts from the snapshot before after a counter went down', async () => {
    const { push } = world();
    await push(sentAt(FIRST_MS, 4_294_967_290));
    const [point] = metricOf(await push(sentAt(SECOND_MS, 10)), 'netstat.tcp.segments_sent').dataPoints;
    expect(point).toMatchObject({ value: 10, startTime: HR_FIRST, endTime: HR_SECOND });
    const [next] = metricOf(await push(sentAt(THIRD_MS, 20)), 'netstat.tcp.segments_sent').dataPoints;
    expect(next).toMatchObject({ value: 20, startTime: HR_FIRST, endTime: HR_THIRD });
  });
});

describe('a snapshot', () => {
  it('that arrived is not pushed again, and the next one is', async () => {
    const { push } = world();
    expect(linesOf(await push(sentAt(FIRST_MS, 1)))).toHaveLength(1);
    expect((await push(sentAt(FIRST_MS, 1))).resourceMetrics.scopeMetrics).toEqual([]);
    expect((await push(sentAt(FIRST_MS, 1))).resourceMetrics.scopeMetrics).toEqual([]);
    expect(linesOf(await push(sentAt(SECOND_MS, 2)))).toEqual(['netstat.tcp.segments_sent{network.type=ipv4} 2']);
  });

  it('that did not arrive is pushed again, if there is no newer one', async () => {
    const { push } = world();
    await push(sentAt(FIRST_MS, 1), false);
    expect(linesOf(await push(sentAt(FIRST_MS, 1)))).toHaveLength(1);
    expect(linesOf(await push(sentAt(FIRST_MS, 1)))).toHaveLength(0);
  });

  it('of which one request of several failed has not arrived', async () => {
    const { push, producer } = world();
    await push(sentAt(FIRST_MS, 1), false);
    producer.requestEnded(true);
    expect(linesOf(await push(sentAt(FIRST_MS, 1)))).toHaveLength(1);
  });

  it('of which nothing was heard has not arrived', async () => {
    const { push, producer } = world();
    await push(sentAt(FIRST_MS, 1), false);
    await producer.collect();
    expect(linesOf(await producer.collect())).toHaveLength(1);
  });

  it("is not pushed again with the exporter's own metrics, which are", async () => {
    const { push } = world({ registry: new ExporterMetrics(BUILD).registry });
    const ofHost = async (): Promise<number> =>
      linesOf(await push(sentAt(FIRST_MS, 1))).filter((line) => line.startsWith('netstat.tcp')).length;
    expect([await ofHost(), await ofHost(), await ofHost()]).toEqual([1, 0, 0]);
  });

  it('is waited for as long as the reader says, and no longer than there is time at the end', async () => {
    const waitsMs: number[] = [];
    const producer = new SamplesProducer({
      samples: async (timeoutMs) => void waitsMs.push(timeoutMs),
      registry: undefined,
      temporality: 'cumulative',
      version: '1.2.3',
      failed: () => {},
    });
    await producer.collect({ timeoutMillis: 7_000 });
    producer.closeWithin(500);
    await producer.collect({ timeoutMillis: 7_000 });
    await producer.collect({ timeoutMillis: 300 });
    expect(waitsMs).toEqual([7_000, 500, 300]);
  });

  it('that is too old to be shown is not pushed, and nothing stands in for it', async () => {
    const { push } = world();
    await push(sentAt(FIRST_MS, 1));
    expect((await push(undefined)).resourceMetrics.scopeMetrics).toEqual([]);
  });
});

describe('with deltas', () => {
  it('counters say what came since the snapshot that arrived last; counts of what is there stay as they are', async () => {
    const { push } = world({ temporality: 'delta' });
    const at = (timestampMs: number, sent: number): Samples =>
      samplesAt(timestampMs, (builder) => {
        builder.add('netstat_tcp_segments_sent_total', { family: 'ipv4' }, sent);
        builder.add('netstat_udp_endpoints', { family: 'ipv4' }, 7);
      });
    const endpoints = 'system.network.connection.count{network.transport=udp,network.type=ipv4} 7';
    const first = await push(at(FIRST_MS, 1_000));
    expect(linesOf(first)).toEqual([endpoints]);
    expect(metricsOf(first)).toHaveLength(1);
    const lost = await push(at(SECOND_MS, 1_005), false);
    expect(linesOf(lost)).toEqual(['netstat.tcp.segments_sent{network.type=ipv4} 5', endpoints]);
    const pushed = await push(at(THIRD_MS, 1_007));
    expect(linesOf(pushed)).toEqual(['netstat.tcp.segments_sent{network.type=ipv4} 7', endpoints]);
    expect(metricOf(pushed, 'netstat.tcp.segments_sent')).toMatchObject({
      aggregationTemporality: AggregationTemporality.DELTA,
      dataPoints: [{ startTime: HR_FIRST, endTime: HR_THIRD }],
    });
    expect(metricOf(pushed, 'system.network.connection.count').aggregationTemporality).toBe(
      AggregationTemporality.CUMULATIVE,
    );
    const next = await push(at(THIRD_MS + 60_000, 1_010));
    expect(linesOf(next)).toEqual(['netstat.tcp.segments_sent{network.type=ipv4} 3', endpoints]);
  });

  it('a counter that was lost, and then could not be read, makes up for both when it is back', async () => {
    const { push } = world({ temporality: 'delta' });
    const without = samplesAt(THIRD_MS, (builder) => builder.add('netstat_udp_endpoints', { family: 'ipv4' }, 7));
    await push(sentAt(FIRST_MS, 100));
    await push(sentAt(SECOND_MS, 105), false);
    await push(without);
    expect(linesOf(await push(sentAt(THIRD_MS + 60_000, 106)))).toEqual([
      'netstat.tcp.segments_sent{network.type=ipv4} 6',
    ]);
  });
});
