// Where the server listens, what it says when it cannot, and how it ends.
import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { connect, createServer } from 'node:net';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { PATIENCE } from '../support/patience.ts';
import { ask, portOf, startServer } from './running-server.ts';

describe('listening', () => {
  test('on several addresses', async () => {
    const local = { host: '127.0.0.1', port: 0 };
    const { server } = await startServer({ listenOn: [] });
    expect(await server.listen()).toEqual([]);
    const both = await startServer({ listenOn: [local, local] });
    const [first, second] = both.addresses;
    expect(portOf(first)).not.toBe(portOf(second));
    for (const address of both.addresses) expect((await ask(portOf(address), '/health')).status).toBe(200);
  });

  test('on all addresses where no host is given', async () => {
    const { port, addresses } = await startServer({ listenOn: [{ port: 0 }] });
    expect(addresses[0]).toMatchObject({ address: expect.stringMatching(/^(::|0\.0\.0\.0)$/) });
    expect((await ask(port, '/health')).status).toBe(200);
  });

  test('on a port in use is one line that says so, and none of the others stays open', async () => {
    const { port } = await startServer();
    const free = await freePort();
    const listenOn = [
      { host: '127.0.0.1', port: free },
      { host: '127.0.0.1', port },
    ];
    await expect(startServer({ listenOn })).rejects.toThrow(
      `cannot listen on 127.0.0.1:${port}: address already in use (EADDRINUSE); stop what listens there, or choose another --web.listen-address`,
    );
    await expect(ask(free, '/health')).rejects.toThrow('ECONNREFUSED');
  });

  test('on a port in use of all addresses names it as the flag does', async () => {
    const { port } = await startServer({ listenOn: [{ port: 0 }] });
    await expect(startServer({ listenOn: [{ port }] })).rejects.toThrow(`cannot listen on :${port}: address already`);
  });

  test('on an address that the host has not says which', async () => {
    const listenOn = [{ host: '2001:db8::1', port: 9100 }];
    await expect(startServer({ listenOn })).rejects.toThrow(/^cannot listen on \[2001:db8::1\]:9100: .* \(E\w+\); /);
  });
});

describe('closing', () => {
  // What is not cut off must end by itself: the time for that never runs out unless a test lets it.
  afterEach(() => void vi.useRealTimers());

  test('lets a running scrape finish, and keeps no connection for the next', async () => {
    const running = await startServer();
    const release = running.collector.hold();
    const agent = new Agent({ keepAlive: true });
    const asked = request({ host: '127.0.0.1', port: running.port, path: '/metrics', agent }).end();
    await vi.waitFor(() => expect(running.collector.timeoutsMs).toHaveLength(1), PATIENCE);
    vi.useFakeTimers({ toFake: ['setTimeout'] });
    const closed = running.server.close();
    await expect(ask(running.port, '/health')).rejects.toThrow('ECONNREFUSED');
    release();
    const [response] = await once(asked, 'response');
    const pieces: Buffer[] = [];
    for await (const piece of response) pieces.push(piece);
    expect(Buffer.concat(pieces).toString()).toContain('netstat_exporter_build_info');
    await closed;
    agent.destroy();
  });

  test('cuts off what does not end', async () => {
    const running = await startServer();
    running.collector.hold();
    const asked = request({ host: '127.0.0.1', port: running.port, path: '/metrics', agent: false }).end();
    const cut = expect(once(asked, 'response')).rejects.toThrow('socket hang up');
    await vi.waitFor(() => expect(running.collector.timeoutsMs).toHaveLength(1), PATIENCE);
    vi.useFakeTimers({ toFake: ['setTimeout'] });
    const closed = running.server.close();
    await vi.advanceTimersByTimeAsync(3000);
    await Promise.all([closed, cut]);
  });

  test('does not wait for connections that ask nothing', async () => {
    const { server, port } = await startServer();
    const silent = connect(port, '127.0.0.1');
    await once(silent, 'connect');
    const ended = once(silent, 'close');
    silent.resume();
    await Promise.all([server.close(), ended]);
  });

  test('twice, or before listening, does nothing', async () => {
    const { server } = await startServer();
    await server.close();
    await server.close();
    await (await startServer({ listenOn: [] })).server.close();
  });
});

/** A port that was free a moment ago. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return address !== null && typeof address === 'object' ? address.port : 0;
}
