// World: a receiver on loopback.
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it, vi } from 'vitest';
import { FamilyBuilder, type Samples } from '../../../src/metrics/samples.ts';
import type { Outcome } from '../../../src/outputs/otlp/exporter.ts';
import { createPush, type OtlpPush } from '../../../src/outputs/otlp/push.ts';
import type { OtlpSettings } from '../../../src/outputs/otlp/settings.ts';
import { metricNamesOf, parseRequest, pointsOf, resourcesOf } from '../../support/otlp-json.ts';
import { startHttpReceiver } from '../../support/otlp-receiver.ts';
import { PATIENCE } from '../../support/patience.ts';
import { SETTINGS } from '../../support/test-exporter.ts';

const HOUR_MS = 3_600_000;

function samplesAt(timestampMs: number, add: (builder: FamilyBuilder) => void): Samples {
  const builder = new FamilyBuilder();
  add(builder);
  return { timestampMs, bootTimeMs: 0, parts: {}, foldedGroups: {}, families: builder.build() };
}

/** `count` processes and ports that only this collection has. */
function strangers(collection: number, count: number): Samples {
  return samplesAt(collection + 1, (builder) => {
    for (let stranger = collection * count; stranger < (collection + 1) * count; stranger++) {
      const process = { process: `stranger-${stranger}`, services: '', pid: String(stranger) };
      builder.add('netstat_process_tcp_connections', { ...process, state: 'listen' }, stranger);
      builder.add('netstat_port_tcp_connections', { port: String(stranger), state: 'listen' }, stranger);
    }
  });
}

/** The series of such a collection, as they are to arrive. */
function seriesOfStrangers(collection: number, count: number): readonly string[] {
  return Array.from({ length: count }, (_, i) => collection * count + i).flatMap((stranger) => [
    `netstat.process.tcp.connections stranger-${stranger} ${stranger}`,
    `netstat.port.tcp.connections ${stranger} ${stranger}`,
  ]);
}

function seriesOf(body: Buffer | undefined): readonly string[] {
  return pointsOf(parseRequest(body)).map(({ name, attributes, value }) => {
    const group = attributes['process.executable.name'] ?? attributes['network.local.port'];
    return `${name} ${group} ${value}`;
  });
}

async function pushTo(
  url: string,
  samples: (timeoutMs: number) => Samples | undefined,
  settings: Partial<OtlpSettings> = {},
): Promise<{ push: OtlpPush; outcomes: Outcome[] }> {
  const outcomes: Outcome[] = [];
  const push = await createPush({
    settings: { ...SETTINGS, protocol: 'http/json', url, intervalMs: HOUR_MS, timeoutMs: 10_000, ...settings },
    registry: undefined,
    version: '1.2.3',
    samples: async (timeoutMs) => samples(timeoutMs),
    failed: (error) => expect.unreachable(String(error)),
    events: { onOutcome: (outcome) => outcomes.push(outcome) },
  });
  return { push, outcomes };
}

describe('the push', () => {
  it('comes at once, with the resource, and once more at the end with what is new', async () => {
    await using receiver = await startHttpReceiver((response) => response.end('{}'));
    let collection = 0;
    const waitsMs: number[] = [];
    const { push } = await pushTo(receiver.url, (timeoutMs) => {
      waitsMs.push(timeoutMs);
      return strangers(collection, 1);
    });
    push.start({ 'service.name': 'netstat-exporter', 'host.name': 'here' });
    await vi.waitFor(() => expect(receiver.requests).toHaveLength(1), PATIENCE);
    collection = 1;
    await push.close(5_000);
    // At the end a collection that hangs leaves time for the push itself.
    expect(waitsMs).toEqual([HOUR_MS, 1_250]);
    const [first, last, ...others] = receiver.requests.map(({ body }) => body);
    expect(others).toEqual([]);
    expect(resourcesOf(parseRequest(first))).toEqual([{ 'service.name': 'netstat-exporter', 'host.name': 'here' }]);
    expect(seriesOf(first)).toEqual(seriesOfStrangers(0, 1));
    expect(seriesOf(last)).toEqual(seriesOfStrangers(1, 1));
  });

  it('of a snapshot comes once, however often the interval passes', async () => {
    await using receiver = await startHttpReceiver((response) => response.end('{}'));
    let asked = 0;
    const samples = strangers(0, 1);
    const { push } = await pushTo(
      receiver.url,
      () => {
        asked += 1;
        return samples;
      },
      { intervalMs: 20, timeoutMs: 20 },
    );
    push.start({});
    await vi.waitFor(() => expect(asked).toBeGreaterThan(10), PATIENCE);
    await push.close(5_000);
    expect(receiver.requests).toHaveLength(1);
  });

  it('of more than 2,000 points takes several requests, and comes again when one of them failed', async () => {
    await using receiver = await startHttpReceiver((response, number) => {
      response.statusCode = number === 2 ? 400 : 200;
      response.end('{}');
    });
    const { push, outcomes } = await pushTo(receiver.url, () => strangers(0, 1_500));
    push.start({});
    await vi.waitFor(() => expect(outcomes).toHaveLength(2), PATIENCE);
    await push.close(5_000);
    const sizes = receiver.requests.map(({ body }) => seriesOf(body).length);
    expect(sizes).toEqual([2_000, 1_000, 2_000, 1_000]);
    expect(outcomes.map(({ result }) => result)).toEqual(['success', 'failure', 'success', 'success']);
    const [, , third, fourth] = receiver.requests;
    const again = [third, fourth].flatMap((request) => seriesOf(request?.body));
    expect(again.toSorted()).toEqual(seriesOfStrangers(0, 1_500).toSorted());
  });

  it('has exactly what is there, over 5,000 processes and ports that come and go in twenty pushes, in flat memory', async () => {
    const [collections, each] = [20, 250];
    await using receiver = await startHttpReceiver((response) => response.end('{}'));
    let collection = -1;
    const heapMb: number[] = [];
    const { push } = await pushTo(
      receiver.url,
      () => {
        // Should a request not arrive in time, its collection is pushed again.
        if (receiver.requests.length > collection) collection += 1;
        heapMb[collection] = usedHeapMb();
        return collection < collections ? strangers(collection, each) : undefined;
      },
      { intervalMs: 200, timeoutMs: 200 },
    );
    push.start({});
    await vi.waitFor(() => expect(collection).toBeGreaterThanOrEqual(collections), PATIENCE);
    await push.close(5_000);
    expect(receiver.requests).toHaveLength(collections);
    receiver.requests.forEach(({ body }, number) => {
      expect(seriesOf(body).toSorted()).toEqual(seriesOfStrangers(number, each).toSorted());
      expect(metricNamesOf(parseRequest(body)).toSorted()).toEqual([
        'netstat.port.tcp.connections',
        'netstat.process.tcp.connections',
      ]);
      expect(body.includes('otel.metric.overflow')).toBe(false);
    });
    // 5,000 series that stay would be some 2 MB.
    const [early = 0, late = 0] = [heapMb[3], heapMb.at(-1)];
    expect(late - early).toBeLessThan(1);
  });

  it('ends in time when the collector never answers', async () => {
    await using receiver = await startHttpReceiver(() => {});
    const { push, outcomes } = await pushTo(receiver.url, () => strangers(0, 1), { timeoutMs: HOUR_MS });
    push.start({});
    await vi.waitFor(() => expect(receiver.requests).toHaveLength(1), PATIENCE);
    await push.close(400);
    // The push under way was given up for the last one, which had its chance.
    expect(receiver.requests).toHaveLength(2);
    expect(outcomes.length).toBeGreaterThanOrEqual(1);
  });

  it('ends when it was never started', async () => {
    const { push } = await pushTo('http://127.0.0.1:9/v1/metrics', () => undefined);
    await push.close(60_000);
  });
});

function usedHeapMb(): number {
  setFlagsFromString('--expose-gc');
  runInNewContext('gc')();
  return process.memoryUsage().heapUsed / 1_000_000;
}
