// World: the built program. More clients of the live view of a large host than it answers, and slower ones than it likes.
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, expect, test, vi } from 'vitest';
import { get } from '../../support/client.ts';
import { manyEndpoints } from '../../support/many-endpoints.ts';
import { PATIENCE } from '../../support/patience.ts';
import { type RunningProgram, startProgram } from '../../support/program.ts';
import { recordingOf } from '../../support/recording.ts';
import { countSockets, expectSockets } from './open-sockets.ts';
import { startProber } from './prober.ts';
import { openSlowClients, type SlowClient } from './slow-clients.ts';

const ENDPOINTS = 50_000;
/** Five times as many as there are places. */
const SLOW_CLIENTS = 20;
const LEAVING_CLIENTS = 60;
const POLLING_CLIENTS = 200;
/** How long clients are left to do their worst. */
const ATTACK_MS = 4_000;
const POLL_EVERY_MS = 100;
/** Of a client that polls. */
const ALLOWED_OUTCOMES = ['200', '304', '503, again in 2 s, string'];

const recording = recordingOf(manyEndpoints(ENDPOINTS));
afterAll(() => recording[Symbol.dispose]());

async function startLargeHost(): Promise<RunningProgram> {
  const program = await startProgram(recording.source, '--web.enable-live-view', '--collector.interval=1s');
  await vi.waitFor(async () => expect((await get(`${program.url}/-/ready`)).status).toBe(200), PATIENCE);
  return program;
}

/** One file, of which nothing is read. */
const notReadingFile: SlowClient = (way) => {
  const socket = connect(way).pause();
  socket.write('GET /api/v1/endpoints.csv HTTP/1.1\r\nHost: localhost\r\n\r\n');
  return socket;
};

/** One file, a little of which is read at a time. */
const sippingFile: SlowClient = (way) => {
  const socket = notReadingFile(way);
  const sip = setInterval(() => socket.read(1), POLL_EVERY_MS);
  return socket.on('close', () => clearInterval(sip));
};

async function expectWholeFile({ url }: RunningProgram): Promise<void> {
  await vi.waitFor(async () => {
    const { status, text } = await get(`${url}/api/v1/endpoints.csv`);
    expect(status).toBe(200);
    expect(text.split('\r\n')).toHaveLength(1 + ENDPOINTS + 1);
  }, PATIENCE);
}

test.each([
  ['read nothing of', notReadingFile],
  ['sip at', sippingFile],
])('clients that %s a file keep no other one out, and no scrape', async (_name, kind) => {
  await using program = await startLargeHost();
  const before = countSockets(program.pid);
  const slow = await openSlowClients(kind, program.url, SLOW_CLIENTS);
  const prober = startProber(`${program.url}/metrics`);
  await sleep(ATTACK_MS);
  await expectWholeFile(program);
  expect(new Set(await prober.end())).toEqual(new Set([200]));
  slow[Symbol.dispose]();
  await expectSockets(program.pid, before);
  await expectWholeFile(program);
  expect(program.log()).not.toContain('level=error');
});

test('clients that leave in the middle of a file give their places back', async () => {
  await using program = await startLargeHost();
  const before = countSockets(program.pid);
  const prober = startProber(`${program.url}/metrics`);
  const port = Number(new URL(program.url).port);
  for (let left = 0; left < LEAVING_CLIENTS; left++) {
    const socket: Socket = connect(port, '127.0.0.1').on('error', () => {});
    socket.write('GET /api/v1/endpoints.csv HTTP/1.1\r\nHost: localhost\r\n\r\n');
    await once(socket, 'data');
    if (left % 2 === 0) socket.destroy();
    else socket.resetAndDestroy();
  }
  await expectWholeFile(program);
  expect(new Set(await prober.end())).toEqual(new Set([200]));
  await expectSockets(program.pid, before);
  expect(program.log()).not.toContain('level=error');
});

test('hundreds of clients that poll are answered or told to come again, and keep no scrape out', async () => {
  await using program = await startLargeHost();
  const before = countSockets(program.pid);
  const prober = startProber(`${program.url}/metrics`);
  const outcomes = new Set<string>();
  const end = performance.now() + ATTACK_MS;
  const poll = async (path: string): Promise<void> => {
    let tag = '';
    while (performance.now() < end) {
      const { status, headers, text } = await get(`${program.url}${path}`, { headers: { 'If-None-Match': tag } });
      tag = headers.etag ?? tag;
      outcomes.add(
        status === 503 ? `503, again in ${headers['retry-after']} s, ${typeof JSON.parse(text).error}` : `${status}`,
      );
      await sleep(POLL_EVERY_MS);
    }
  };
  await Promise.all(
    Array.from({ length: POLLING_CLIENTS }, (_, client) => [
      poll(`/api/v1/endpoints?changes=true&sort=process&limit=200&offset=${client}`),
      poll('/api/v1/summary?by=destination'),
    ]).flat(),
  );
  expect(new Set(await prober.end())).toEqual(new Set([200]));
  expect(outcomes).toContain('200');
  expect([...outcomes].filter((outcome) => !ALLOWED_OUTCOMES.includes(outcome))).toEqual([]);
  await expectSockets(program.pid, before);
  expect((await get(`${program.url}/api/v1/endpoints`)).status).toBe(200);
  await expectWholeFile(program);
  expect(program.log()).not.toContain('level=error');
});
