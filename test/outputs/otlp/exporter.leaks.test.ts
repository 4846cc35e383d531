// World: this host's loopback interface.
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { status } from '@grpc/grpc-js';
import { describe, expect, it } from 'vitest';
import { OTLP_PROTOCOLS } from '../../../src/outputs/otlp/settings.ts';
import { startGrpcReceiver, startHttpReceiver, startTcpReceiver } from '../../support/otlp-receiver.ts';
import { SHORT_TIMEOUT_MS, startExporter, type TestExporter } from '../../support/test-exporter.ts';

/** More than a day of them, at one a minute. */
const FAILING_PUSHES = 2_000;
const WARM_UP_PUSHES = 200;
const POINTS = 1_000;
/** A connection or a promise kept for each push would be some 2 KB, 4 MB in all. */
const MAXIMUM_GROWTH_BYTES = 500_000;
/** Timers of closed gRPC channels hold them for half a second longer. */
const SETTLING_MS = 700;
const MAXIMUM_LOOKS = 10;
const HANGING_PUSHES = 20;
const LONG_ENOUGH_MS = 120_000;

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

async function heapUsed(): Promise<number> {
  await new Promise((resolve) => setTimeout(resolve, SETTLING_MS));
  collectGarbage();
  return process.memoryUsage().heapUsed;
}

/** How much more is used than before, once what is still to be let go of has been. */
async function heapGrowth(beforeBytes: number): Promise<number> {
  let growth = Number.POSITIVE_INFINITY;
  for (let look = 0; look < MAXIMUM_LOOKS && growth > MAXIMUM_GROWTH_BYTES; look += 1) {
    growth = (await heapUsed()) - beforeBytes;
  }
  return growth;
}

/** Sockets, timers and look-ups that keep the process alive, counted by kind. */
function resources(): Readonly<Record<string, number>> {
  const kinds = process
    .getActiveResourcesInfo()
    .filter((kind) => /Timeout|TCP|TLS|Pipe|DNS|GetAddrInfo|Connect/i.test(kind));
  return Object.fromEntries(
    [...new Set(kinds)].sort().map((kind) => [kind, kinds.filter((other) => other === kind).length]),
  );
}

/** Without those of the test before, and of its receiver. */
async function settledResources(): Promise<Readonly<Record<string, number>>> {
  await heapUsed();
  return resources();
}

/** What there is more of than before. */
function surplus(before: Readonly<Record<string, number>>): readonly string[] {
  return Object.entries(resources())
    .filter(([kind, count]) => count > (before[kind] ?? 0))
    .map(([kind, count]) => `${count} ${kind}`);
}

async function fail(pusher: TestExporter, pushes: number, points: number): Promise<void> {
  for (let push = 0; push < pushes; push += 1) {
    await pusher.push(points);
    expect(pusher.takeOutcomes()).toMatchObject([{ result: 'failure' }]);
  }
}

describe('pushes that succeed', () => {
  it.each(['http', 'grpc'] as const)('leave nothing behind (%s)', async (kind) => {
    await using receiver = await (kind === 'http'
      ? startHttpReceiver((response) => response.end())
      : startGrpcReceiver((answer) => answer(null, Buffer.alloc(0))));
    const before = await settledResources();
    const protocol = kind === 'http' ? 'http/protobuf' : 'grpc';
    const url = `http://127.0.0.1:${receiver.port}`;
    const pusher = await startExporter({ protocol, url, timeoutMs: LONG_ENOUGH_MS });
    expect(await pusher.push()).toEqual({ result: 'success' });
    await pusher.exporter.shutdown();
    await heapUsed();
    expect(surplus(before)).toEqual([]);
  });
});

describe('pushes over gRPC that are to be repeated', () => {
  it('leave nothing behind at the end', async () => {
    await using receiver = await startGrpcReceiver((answer) => answer({ code: status.UNAVAILABLE }));
    const before = await settledResources();
    const url = `http://127.0.0.1:${receiver.port}`;
    const pusher = await startExporter({ protocol: 'grpc', url, timeoutMs: LONG_ENOUGH_MS });
    const failure = pusher.failure();
    while (receiver.requests.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    await pusher.exporter.shutdown();
    expect(await failure).toBe('the exporter has been shut down');
    await heapUsed();
    expect(surplus(before)).toEqual([]);
  });
});

describe.each(OTLP_PROTOCOLS)('pushes over %s that fail', (protocol) => {
  it('leave nothing behind where nobody listens', { timeout: LONG_ENOUGH_MS }, async () => {
    const gone = await startHttpReceiver(() => {});
    await gone[Symbol.asyncDispose]();
    const before = await settledResources();
    const pusher = await startExporter({
      protocol,
      url: `http://127.0.0.1:${gone.port}`,
      timeoutMs: SHORT_TIMEOUT_MS,
    });
    await fail(pusher, WARM_UP_PUSHES, POINTS);
    const usedBytes = await heapUsed();
    await fail(pusher, FAILING_PUSHES, POINTS);
    expect(await heapGrowth(usedBytes)).toBeLessThan(MAXIMUM_GROWTH_BYTES);
    expect(surplus(before)).toEqual([]);
  });

  it('leave nothing behind where nobody answers', { timeout: LONG_ENOUGH_MS }, async () => {
    await using receiver = await startTcpReceiver((socket) => void socket.resume());
    const before = await settledResources();
    const pusher = await startExporter({ protocol, url: `http://127.0.0.1:${receiver.port}`, timeoutMs: 20 });
    await fail(pusher, HANGING_PUSHES, 1);
    await heapUsed();
    expect(surplus(before)).toEqual([]);
  });
});
