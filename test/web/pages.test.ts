// The pages beside the metrics, and everything that is no page.

import { connect } from 'node:net';
import { text as readAll } from 'node:stream/consumers';
import { describe, expect, test } from 'vitest';
import { exampleSamples } from '../outputs/prometheus/example-samples.ts';
import { ask, BUILD, expectCounted, startServer } from './running-server.ts';

describe('health', () => {
  test('the program is healthy as long as it answers', async () => {
    const { port, collector } = await startServer();
    collector.state = { state: 'pending' };
    expect(await ask(port, '/-/healthy')).toMatchObject({ status: 200, text: 'netstat-exporter is healthy\n' });
    const { status, headers, text } = await ask(port, '/health');
    expect({ status, text }).toEqual({ status: 200, text: '{"status":"ok"}' });
    expect(headers['content-type']).toBe('application/json; charset=utf-8');
  });

  test.each([
    [{ state: 'fresh', samples: exampleSamples() }, 200, 'netstat-exporter is ready\n'],
    [{ state: 'pending' }, 503, 'there is no fresh collection to show\n'],
    [{ state: 'stale' }, 503, 'there is no fresh collection to show\n'],
  ] as const)('it is ready while there is something to show: %j', async (state, status, text) => {
    const { port, collector } = await startServer();
    collector.state = state;
    expect(await ask(port, '/-/ready')).toMatchObject({ status, text });
    expect(collector.timeoutsMs).toEqual([]);
  });

  test('the version is told as JSON', async () => {
    const { port } = await startServer();
    const { status, text } = await ask(port, '/version');
    expect(status).toBe(200);
    expect(JSON.parse(text)).toEqual({
      ...BUILD,
      node: process.versions.node,
      platform: `${process.platform}-${process.arch}`,
    });
  });
});

describe('what is no page', () => {
  test.each(['/none', '//', '/metrics/', '/index.html', '/-/', '/Health', '/__proto__', '/%2e%2e/etc/passwd'])(
    '%s is 404',
    async (path) => {
      const { port } = await startServer();
      const { status, headers, text } = await ask(port, path);
      expect({ status, text }).toEqual({ status: 404, text: 'there is no such page; / lists those that there are\n' });
      expect(headers['content-type']).toBe('text/plain; charset=utf-8');
    },
  );

  test.each(['/%', '/%zz', '/metrics?collect[]=%E0%A4%A'])('%s is 400', async (path) => {
    const { port } = await startServer();
    expect(await ask(port, path)).toMatchObject({ status: 400, text: 'the URL has a malformed percent-encoding\n' });
  });

  test.each(['POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH', 'TRACE'])(
    '%s is 405 on a page and 404 elsewhere',
    async (method) => {
      const { port } = await startServer();
      for (const path of ['/metrics', '/', '/health']) {
        const { status, headers, text } = await ask(port, path, {}, method);
        expect({ status, allow: headers['allow'], text }).toEqual({
          status: 405,
          allow: 'GET, HEAD',
          text: 'only GET, HEAD are allowed here\n',
        });
      }
      expect((await ask(port, '/none', {}, method)).status).toBe(404);
    },
  );

  test('every answer forbids guessing at its type and says nothing of what made it', async () => {
    const { port } = await startServer();
    for (const path of ['/', '/metrics', '/health', '/none', '/%']) {
      const { headers } = await ask(port, path);
      expect(headers['x-content-type-options']).toBe('nosniff');
      expect(headers['x-powered-by']).toBeUndefined();
      expect(headers['etag']).toBeUndefined();
    }
  });

  test('too large a header is 431', async () => {
    const { port } = await startServer();
    expect((await ask(port, '/health', { 'X-Large': 'x'.repeat(20_000) })).status).toBe(431);
  });

  test('garbage in place of HTTP is 400 and does not end the server', async () => {
    const { port } = await startServer();
    const socket = connect(port, '127.0.0.1');
    socket.end('\x16\x03\x01 no HTTP\r\n\r\n');
    expect(await readAll(socket)).toMatch(/^HTTP\/1\.1 400 /);
    expect((await ask(port, '/health')).status).toBe(200);
  });
});

test('all answers are counted by what answered and by their code', async () => {
  const running = await startServer();
  for (const path of ['/', '/metrics', '/-/healthy', '/-/ready', '/health', '/version', '/none', '/other', '/%']) {
    await ask(running.port, path);
  }
  await ask(running.port, '/metrics', {}, 'HEAD');
  await ask(running.port, '/', {}, 'POST');
  await expectCounted(running, {
    'landing 200': 1,
    'metrics 200': 2,
    'healthy 200': 1,
    'ready 200': 1,
    'health 200': 1,
    'version 200': 1,
    'other 404': 2,
    'other 400': 1,
    'landing 405': 1,
  });
});
