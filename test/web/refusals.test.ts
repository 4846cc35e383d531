// What no page takes, written to the socket as it is.
import { once } from 'node:events';
import { connect } from 'node:net';
import { text as readAll } from 'node:stream/consumers';
import { describe, expect, test } from 'vitest';
import { OPEN } from '../../src/web/security.ts';
import { ask, expectCounted, startServer } from './running-server.ts';

/** All that the server answers until it closes the connection. */
async function write(port: number, text: string): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  socket.write(text);
  return readAll(socket);
}

describe('a body', () => {
  test.each([
    ['with its length', 'Content-Length: 5\r\n\r\nhello'],
    ['in chunks', 'Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n'],
    ['that never comes', 'Content-Length: 99999999\r\n\r\n'],
    ['that waits to be asked for', 'Content-Length: 5\r\nExpect: 100-continue\r\n\r\n'],
  ])('%s is refused, and the connection ends', async (_name, rest) => {
    const { port } = await startServer();
    for (const method of ['GET', 'POST']) {
      const answer = await write(port, `${method} /metrics HTTP/1.1\r\nHost: x\r\n${rest}`);
      expect(answer).toMatch(/^HTTP\/1\.1 413 Payload Too Large\r\n/);
      expect(answer).toContain('\r\nConnection: close\r\n');
      expect(answer).toMatch(/\r\n\r\nno body is taken here\n$/);
    }
  });

  test('that is announced behind a thousand headers is refused as well', async () => {
    const { port } = await startServer();
    const headers = `Host: x\r\n${'a:b\r\n'.repeat(2500)}Content-Length: 5\r\n`;
    expect(await write(port, `GET /health HTTP/1.1\r\n${headers}\r\nhello`)).toMatch(/^HTTP\/1\.1 413 /);
  });

  test('of no length is none', async () => {
    const { port } = await startServer();
    expect((await ask(port, '/health', { 'Content-Length': '0' })).status).toBe(200);
  });

  test('is refused before anybody is asked who it is', async () => {
    const { port } = await startServer({ security: { ...OPEN, users: new Map([['a', '$2y$10$']]) } });
    expect((await ask(port, '/health', { 'Content-Length': '5', Connection: 'close' })).status).toBe(413);
  });
});

test.each(['100-continue', 'miracles'])('the expectation %s is 417', async (expectation) => {
  const { port } = await startServer();
  const answer = await write(
    port,
    `GET /health HTTP/1.1\r\nHost: x\r\nConnection: close\r\nExpect: ${expectation}\r\n\r\n`,
  );
  expect(answer).toMatch(/^HTTP\/1\.1 417 Expectation Failed\r\n/);
  expect(answer).toMatch(/\r\n\r\nnothing can be expected here\n$/);
});

describe('the Host header', () => {
  test.each(['', 'Host: a\r\nHost: b\r\n'])('%j is 400', async (lines) => {
    const { port } = await startServer();
    const answer = await write(port, `GET /health HTTP/1.1\r\n${lines}Connection: close\r\n\r\n`);
    expect(answer).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n.*\r\n\r\nthe request needs one Host header\n$/s);
  });

  test('may be missing in HTTP/1.0', async () => {
    const { port } = await startServer();
    expect(await write(port, 'GET /health HTTP/1.0\r\n\r\n')).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
  });
});

describe('what is no HTTP', () => {
  test.each([
    ['garbage', 'no HTTP\r\n\r\n', 400],
    ['TLS', '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03', 400],
    ['an unknown method', 'BREW /health HTTP/1.1\r\nHost: x\r\n\r\n', 400],
    ['another version', 'GET /health HTTP/3.0\r\nHost: x\r\n\r\n', 400],
    ['HTTP/2', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 400],
    ['a control in a header', 'GET /health HTTP/1.1\r\nHost: x\r\nA: \x00\r\n\r\n', 400],
    ['a length twice', 'GET /health HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\nContent-Length: 1\r\n\r\n', 400],
    [
      'a length beside chunks',
      'GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n',
      400,
    ],
    ['large headers', `GET /health HTTP/1.1\r\nHost: x\r\nA: ${'x'.repeat(20_000)}\r\n\r\n`, 431],
    ['a large URL', `GET /${'x'.repeat(20_000)} HTTP/1.1\r\nHost: x\r\n\r\n`, 431],
  ])('%s is refused with all headers, and counted', async (_name, text, status) => {
    const running = await startServer({ security: { ...OPEN, headers: { 'Strict-Transport-Security': 'max-age=1' } } });
    const answer = await write(running.port, text);
    expect(answer).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
    for (const header of [
      'X-Content-Type-Options: nosniff',
      'Strict-Transport-Security: max-age=1',
      'Connection: close',
    ])
      expect(answer).toContain(`\r\n${header}\r\n`);
    expect(answer.match(/HTTP\/1\.1/g)).toHaveLength(1);
    expect((await ask(running.port, '/health')).status).toBe(200);
    await expectCounted(running, { [`other ${status}`]: 1, 'health 200': 1 });
  });

  test('behind a scrape that runs ends the connection, and no answer is mixed with another', async () => {
    const running = await startServer();
    const release = running.collector.hold();
    const socket = connect(running.port, '127.0.0.1');
    socket.write('GET /metrics HTTP/1.1\r\nHost: x\r\n\r\nno HTTP\r\n\r\n');
    expect(await readAll(socket)).toBe('');
    release();
    expect((await ask(running.port, '/health')).status).toBe(200);
  });

  test('behind an answer and a scrape that runs, too', async () => {
    const running = await startServer();
    const release = running.collector.hold();
    const socket = connect(running.port, '127.0.0.1');
    const answers = readAll(socket);
    socket.write('GET /health HTTP/1.1\r\nHost: x\r\n\r\nGET /metrics HTTP/1.1\r\nHost: x\r\n\r\n');
    await expectCounted(running, { 'health 200': 1 });
    socket.write('no HTTP\r\n\r\n');
    expect((await answers).match(/HTTP\/1\.1 \d{3}/g)).toEqual(['HTTP/1.1 200']);
    release();
  });

  test('CONNECT ends the connection', async () => {
    const { port } = await startServer();
    const socket = connect(port, '127.0.0.1');
    socket.write('CONNECT a.test:443 HTTP/1.1\r\nHost: a.test\r\n\r\n');
    socket.resume();
    await once(socket, 'close');
    expect((await ask(port, '/health')).status).toBe(200);
  });

  test('an upgrade is not made', async () => {
    const { port } = await startServer();
    const { status } = await ask(port, '/health', { Connection: 'Upgrade', Upgrade: 'websocket' });
    expect(status).toBe(200);
  });
});
