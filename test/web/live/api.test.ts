// World: none; the server on a port of its own, and a worker that answers what the test says.
import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { Look, Question } from '../../../src/views/looking/question.ts';
import { OPEN } from '../../../src/web/security.ts';
import { PATIENCE } from '../../support/patience.ts';
import { ask, hashOf } from '../running-server.ts';
import { seen, startLooking } from './looking-server.ts';

const AS_NETSTAT = { column: 'protocol', descending: false };
const NOTHING_ASKED = { filter: {}, collection: undefined, offset: 0, limit: 100 };

describe('the API of the live view', () => {
  it('passes on what the worker tells, as JSON of a collection', async () => {
    const { port } = await startLooking(() => seen('{"total":1}', 'run-7'));
    const { status, headers, text } = await ask(port, '/api/v1/endpoints');
    expect([status, text]).toEqual([200, '{"total":1}']);
    expect(headers).toMatchObject({
      'content-type': 'application/json; charset=utf-8',
      etag: '"run-7"',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    });
  });

  it('asks the worker what the parameters say', async () => {
    const { port, asked } = await startLooking(() => seen('{}'));
    await ask(port, '/api/v1/endpoints');
    await ask(port, '/api/v1/summary?by=process&offset=10&limit=20&collection=run-3');
    await ask(port, '/api/v1/endpoints?protocol=tcp&changes=true&queries=true&sort=pid&order=desc');
    expect(asked.map(([question]) => question)).toEqual([
      { kind: 'endpoints', ...NOTHING_ASKED, order: AS_NETSTAT, changes: false, queries: false },
      { kind: 'summary', filter: {}, by: 'process', offset: 10, limit: 20, collection: 'run-3' },
      {
        kind: 'endpoints',
        ...NOTHING_ASKED,
        filter: { protocols: ['tcp'] },
        order: { column: 'pid', descending: true },
        changes: true,
        queries: true,
      },
    ]);
  });

  it.each([
    ['/api/v1/endpoints?limit=1001', 'limit: "1001" is out of range; allowed: a whole number from 1 to 1000'],
    ['/api/v1/endpoints?limit=1&limit=2', 'limit: given more than once; allowed: once'],
    ['/api/v1/endpoints?offset=-1', 'offset: "-1" is not a whole number; allowed: a whole number from 0 to 999999999'],
    ['/api/v1/endpoints?proces=a', '"proces": unknown parameter; did you mean process?'],
    ['/api/v1/endpoints?changes=yes', 'changes: "yes" is not known here; allowed: true, false'],
    ['/api/v1/summary?by=pid', 'by: "pid" is not known here; allowed: process, port, state, destination'],
    ['/api/v1/endpoints.csv?limit=5', expect.stringMatching(/^"limit": unknown parameter; allowed: protocol, /)],
    ['/api/v1/endpoints?collection=', 'collection: "" is no collection; allowed: the id of an answer'],
    ['/api/v1/summary?collection[]=1', '"collection[]": unknown parameter; did you mean collection?'],
  ])('refuses %s in one line', async (path, error) => {
    const { port, asked } = await startLooking(() => seen('{}'));
    const { status, text } = await ask(port, path);
    expect([status, JSON.parse(text)]).toEqual([400, { error }]);
    expect(asked).toEqual([]);
  });

  it('compresses what is large, where the client takes that', async () => {
    const large = JSON.stringify({ text: 'a'.repeat(5_000) });
    const { port } = await startLooking(() => seen(large));
    const compressed = await ask(port, '/api/v1/endpoints', { 'Accept-Encoding': 'gzip' });
    expect(compressed.headers).toMatchObject({ 'content-encoding': 'gzip', vary: 'Accept-Encoding' });
    expect(gunzipSync(compressed.body).toString()).toBe(large);
    expect((await ask(port, '/api/v1/endpoints')).text).toBe(large);
  });

  it('answers 304 where the client knows the collection', async () => {
    const { port, asked } = await startLooking(() => ({ state: 'known', collection: 'run-2' }));
    const { status, headers, text } = await ask(port, '/api/v1/summary', { 'If-None-Match': 'W/"run-1", "run-2"' });
    expect([status, headers.etag, text]).toEqual([304, '"run-2"', '']);
    expect(asked[0]?.[1]).toEqual(['run-1', 'run-2']);
  });

  it.each<readonly [Look, number, string]>([
    [{ state: 'gone' }, 410, 'this collection is not kept any more'],
    [{ state: 'pending' }, 503, 'the endpoints cannot be looked at now; try again later'],
    [{ state: 'busy' }, 503, 'the endpoints cannot be looked at now; try again later'],
  ])('says why there is no answer: %j', async (look, code, error) => {
    const { port } = await startLooking(() => look);
    for (const path of ['/api/v1/endpoints', '/api/v1/endpoints.csv', '/api/v1/summary']) {
      const { status, headers, text } = await ask(port, path);
      expect([status, JSON.parse(text)]).toEqual([code, { error }]);
      expect(headers['retry-after']).toBe(code === 503 ? '2' : undefined);
    }
  });

  it.each([
    ['pending', 'no collection has succeeded yet; the log says why where one has failed'],
    ['stale', 'the last collection is too old to be shown; the log says why'],
  ] as const)('shows nothing while the latest collection is %s, but one that was asked for', async (state, error) => {
    const { port, collector } = await startLooking(() => seen('{}'));
    collector.state = { state };
    const { status, text } = await ask(port, '/api/v1/endpoints');
    expect([status, JSON.parse(text)]).toEqual([503, { error }]);
    expect((await ask(port, '/api/v1/endpoints?collection=run-1')).status).toBe(200);
  });

  it('does not wait for a worker that hangs', async () => {
    const { port } = await startLooking(() => new Promise(() => {}));
    const { status, text } = await ask(port, '/api/v1/endpoints');
    expect([status, JSON.parse(text)]).toEqual([503, { error: 'reading the host takes too long; the log says more' }]);
  });

  it('hides what went wrong in a worker that failed, and logs it', async () => {
    const { port, logged } = await startLooking(() => Promise.reject(new Error('at /secret/place')));
    const { status, text } = await ask(port, '/api/v1/summary');
    expect([status, text]).toEqual([500, 'internal error; the log of the exporter says more\n']);
    expect(logged).toEqual(['cannot answer a request']);
  });

  it('asks who it is, where users are configured', async () => {
    const users = new Map([['a', hashOf('b')]]);
    const { port, asked } = await startLooking(() => seen('{}'), { security: { ...OPEN, users } });
    for (const path of ['/live', '/api/v1/endpoints', '/api/v1/endpoints.csv', '/api/v1/summary'])
      expect((await ask(port, path)).status).toBe(401);
    expect(asked).toEqual([]);
  });

  it('answers 16 at a time', async () => {
    const { promise, resolve } = Promise.withResolvers<Look>();
    const { port, asked } = await startLooking(() => promise);
    const first = Array.from({ length: 16 }, () => ask(port, '/api/v1/endpoints'));
    await vi.waitFor(() => expect(asked).toHaveLength(16), PATIENCE);
    const { status, headers, text } = await ask(port, '/api/v1/endpoints');
    expect([status, headers['retry-after']]).toEqual([503, '2']);
    expect(JSON.parse(text)).toEqual({ error: '16 of these are being answered already; try again later' });
    resolve(seen('{}'));
    expect((await Promise.all(first)).map((answer) => answer.status)).toEqual(first.map(() => 200));
  });
});

/** Reads some kilobytes at a time: too little to keep up, and too much to be cut off for taking nothing. Ends with the test. */
function sipAtFile(port: number, path: string): void {
  const socket = connect(port, '127.0.0.1').on('error', () => {});
  socket.on('data', () => void socket.pause());
  socket.write(`GET ${path} HTTP/1.1\r\nHost: localhost\r\n\r\n`);
  const sip = setInterval(() => void socket.resume(), 200);
  onTestFinished(() => {
    clearInterval(sip);
    socket.destroy();
  });
}

describe('all endpoints as CSV', () => {
  const PIECE = 5_000;

  function csvOf(total: number): (question: Question) => Look {
    return ({ offset, limit }) => {
      const lines = Array.from({ length: Math.min(limit, total - offset) }, (_, line) => `${offset + line}\r\n`);
      return seen(lines.join(''), 'run-1', total);
    };
  }

  it('is one file, in pieces of one collection', async () => {
    const { port, asked } = await startLooking(csvOf(2 * PIECE + 1));
    const { status, headers, text } = await ask(port, '/api/v1/endpoints.csv?sort=pid');
    expect(status).toBe(200);
    expect(headers).toMatchObject({
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': 'attachment; filename=endpoints.csv',
    });
    expect(text.split('\r\n')).toEqual([...Array.from({ length: 2 * PIECE + 1 }, (_, line) => String(line)), '']);
    expect(asked.map(([{ offset, collection }]) => [offset, collection])).toEqual([
      [0, undefined],
      [PIECE, 'run-1'],
      [2 * PIECE, 'run-1'],
    ]);
  });

  it('breaks off where the collection is not kept any more: nobody takes the half for the whole', async () => {
    const pieces = csvOf(3 * PIECE);
    const { port, logged } = await startLooking((question) =>
      question.offset > PIECE ? { state: 'gone' } : pieces(question),
    );
    await expect(ask(port, '/api/v1/endpoints.csv')).rejects.toThrow(/aborted|socket hang up/);
    expect(logged).toEqual([]);
  });

  it('breaks off where the worker hangs in the middle', async () => {
    const pieces = csvOf(3 * PIECE);
    const { port, logged } = await startLooking((question) =>
      question.offset > PIECE ? new Promise(() => {}) : pieces(question),
    );
    await expect(ask(port, '/api/v1/endpoints.csv')).rejects.toThrow(/aborted|socket hang up/);
    expect(logged).toEqual([]);
  });

  it('gives the place of a client that hardly takes anything to another one', async () => {
    const large = seen('a'.repeat(2_000_000), 'run-1', Number.POSITIVE_INFINITY);
    const { port } = await startLooking(({ filter }) => (filter.search === 'all' ? large : seen('a')));
    for (let client = 0; client < 4; client++) sipAtFile(port, '/api/v1/endpoints.csv?search=all');
    // Those that have just come are not slow yet.
    await vi.waitFor(async () => expect((await ask(port, '/api/v1/endpoints.csv')).status).toBe(503), PATIENCE);
    await vi.waitFor(async () => expect((await ask(port, '/api/v1/endpoints.csv')).text).toBe('a'), PATIENCE);
  });

  it('asks for no more once its client has left', async () => {
    const pieces = csvOf(1_000 * PIECE);
    const { port, asked, logged } = await startLooking(pieces);
    const request = get({ port, host: '127.0.0.1', path: '/api/v1/endpoints.csv' });
    const [response] = (await once(request, 'response')) as [IncomingMessage];
    await vi.waitFor(() => expect(asked.length).toBeGreaterThan(2), PATIENCE);
    response.destroy();
    await vi.waitFor(async () => {
      const before = asked.length;
      await new Promise((resolve) => setTimeout(resolve, 200));
      expect(asked).toHaveLength(before);
    }, PATIENCE);
    expect(asked.length).toBeLessThan(1_000);
    expect(logged).toEqual([]);
  });

  it('has no body for HEAD, and asks for no more than the first piece', async () => {
    const { port, asked } = await startLooking(csvOf(3 * PIECE));
    const { status, text } = await ask(port, '/api/v1/endpoints.csv', {}, 'HEAD');
    expect([status, text]).toEqual([200, '']);
    expect(asked).toHaveLength(1);
  });
});
