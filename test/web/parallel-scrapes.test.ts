// Scrapes at the same time: what they share, how many there may be, and those that never end.
import { once } from 'node:events';
import { request } from 'node:http';
import { connect, type Socket } from 'node:net';
import { text as readAll } from 'node:stream/consumers';
import { afterEach, expect, test, vi } from 'vitest';
import type { Answer } from '../../src/collector/collector.ts';
import { FamilyBuilder } from '../../src/metrics/samples.ts';
import { countedSamples, exampleSamples } from '../outputs/prometheus/example-samples.ts';
import { PATIENCE } from '../support/patience.ts';
import { ask, expectCounted, type RunningServer, startServer } from './running-server.ts';

afterEach(() => void vi.useRealTimers());

async function untilWaiting({ collector }: RunningServer, scrapes: number): Promise<void> {
  await vi.waitFor(() => expect(collector.timeoutsMs).toHaveLength(scrapes), PATIENCE);
}

test('scrapes that overlap share one text', async () => {
  const running = await startServer();
  const samples = countedSamples();
  running.collector.state = { state: 'fresh', samples };
  const release = running.collector.hold();
  const scrapes = Array.from({ length: 8 }, () => ask(running.port, '/metrics', { 'Accept-Encoding': 'gzip' }));
  await untilWaiting(running, 8);
  release();
  expect((await Promise.all(scrapes)).map(({ status }) => status)).toEqual(new Array(8).fill(200));
  expect(samples.writings()).toBe(1);
});

test('beyond the limit scrapes get 503, other pages are served, and places become free again', async () => {
  const running = await startServer({ maxRequests: 2 });
  const release = running.collector.hold();
  const scrapes = [ask(running.port, '/metrics'), ask(running.port, '/metrics')];
  await untilWaiting(running, 2);
  const refused = await ask(running.port, '/metrics');
  expect(refused.status).toBe(503);
  expect(refused.text).toBe('2 scrapes are running already, which is --web.max-requests; try again later\n');
  expect((await ask(running.port, '/health')).status).toBe(200);
  release();
  await Promise.all(scrapes);
  expect((await ask(running.port, '/metrics')).status).toBe(200);
  await expectCounted(running, { 'metrics 503': 1, 'health 200': 1, 'metrics 200': 3 });
});

test('a limit of 0 is none', async () => {
  const running = await startServer({ maxRequests: 0 });
  const release = running.collector.hold();
  const scrapes = Array.from({ length: 60 }, () => ask(running.port, '/metrics'));
  await untilWaiting(running, 60);
  release();
  expect(new Set((await Promise.all(scrapes)).map(({ status }) => status))).toEqual(new Set([200]));
});

test('a client that leaves gives its place back and is not counted as answered', async () => {
  const running = await startServer({ maxRequests: 1 });
  const release = running.collector.hold();
  const left = request({ host: '127.0.0.1', port: running.port, path: '/metrics', agent: false });
  left.on('error', () => {});
  left.end();
  await untilWaiting(running, 1);
  left.destroy();
  const next = vi.waitFor(async () => expect((await ask(running.port, '/metrics')).status).toBe(200), PATIENCE);
  await untilWaiting(running, 2);
  release();
  await next;
  await expectCounted(running, { 'metrics 200': 1 });
  expect(running.logged).toEqual([]);
});

test('so does one that has sent several scrapes at once, and the server waits for none of them at its end', async () => {
  const running = await startServer({ maxRequests: 2 });
  const release = running.collector.hold();
  const left = connect(running.port, '127.0.0.1');
  left.write('GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n'.repeat(2));
  await untilWaiting(running, 2);
  left.destroy();
  const next = [1, 2].map(() =>
    vi.waitFor(async () => expect((await ask(running.port, '/metrics')).status).toBe(200), PATIENCE),
  );
  await untilWaiting(running, 4);
  release();
  await Promise.all(next);
  await expectCounted(running, { 'metrics 200': 2 });
  const silent = connect(running.port, '127.0.0.1');
  await once(silent, 'connect');
  // It ends by itself, or never: time does not run out here.
  vi.useFakeTimers({ toFake: ['setTimeout'] });
  await running.server.close();
});

test('a client that takes nothing of its answer keeps nobody else waiting', async () => {
  const running = await startServer();
  running.collector.state = largeState();
  const slow = await askWithoutReading(running);
  const answers = await Promise.all([ask(running.port, '/metrics'), ask(running.port, '/health')]);
  expect(answers.map(({ status }) => status)).toEqual([200, 200]);
  expect(answers[0].body.length).toBeGreaterThan(10_000_000);
  await expectCounted(running, { 'metrics 200': 1, 'health 200': 1 });
  slow.destroy();
});

test('where all places are taken, the client that has not taken its answer for longest gives way', async () => {
  const running = await startServer({ maxRequests: 2 });
  running.collector.state = largeState();
  const slow = [await askWithoutReading(running), await askWithoutReading(running)] as const;
  const gone = once(slow[0].resume(), 'close');
  expect((await ask(running.port, '/metrics')).status).toBe(200);
  await gone;
  expect(slow[0].bytesRead).toBeLessThan(10_000_000);
  expect((await readAll(slow[1])).length).toBeGreaterThan(10_000_000);
});

function largeState(): Answer {
  const builder = new FamilyBuilder();
  const services = 'x'.repeat(250);
  for (let process = 0; process < 40_000; process += 1) {
    builder.add('netstat_process_udp_endpoints', { process: `p${process}`, services, pid: '' }, 1);
  }
  return { state: 'fresh', samples: { ...exampleSamples(), families: builder.build() } };
}

async function askWithoutReading({ port }: RunningServer): Promise<Socket> {
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => {});
  socket.write('GET /metrics HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n');
  await once(socket, 'readable');
  return socket;
}
