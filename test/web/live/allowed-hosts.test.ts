// World: this host.
import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { OPEN } from '../../../src/web/security.ts';
import { ask, hashOf } from '../running-server.ts';
import { seen, startLooking } from './looking-server.ts';

const PATHS = ['/live', '/api/v1/endpoints', '/api/v1/endpoints.csv', '/api/v1/summary'];

async function statusFor(host: string, path = '/live'): Promise<number> {
  const { port } = await startLooking(() => seen('{}'));
  return (await ask(port, path, { Host: host })).status;
}

describe('the live view', () => {
  it.each([
    'localhost',
    'LocalHost:19182',
    'localhost.',
    'metrics.localhost:80',
    '127.0.0.1:19182',
    '127.255.0.9',
    '[::1]:19182',
    'server01.example.net',
    'SERVER01.example.net:443',
    'server01.example.net.:443',
  ])('is shown to who asks for %s', async (host) => {
    expect(await statusFor(host)).toBe(200);
  });

  it.each([
    'evil.example',
    'localhost.evil.example',
    '127.0.0.1.evil.example',
    'evil-localhost',
    '192.0.2.1',
    '[2001:db8::1]:80',
    '1270.0.0.1',
    'server01.example.net.evil.example',
    'server01.example.net:443:80',
    'localhost@evil.example',
  ])('is refused to who asks for %j', async (host) => {
    expect(await statusFor(host)).toBe(403);
  });

  it('is refused to who names nothing', async () => {
    const { port } = await startLooking(() => seen('{}'));
    const socket = connect(port, '127.0.0.1').end('GET /live HTTP/1.0\r\n\r\n');
    expect(await text(socket)).toMatch(/^HTTP\/1\.1 403 /);
  });

  it.each(PATHS)('is refused as a whole, here %s', async (path) => {
    expect(await statusFor('evil.example', path)).toBe(403);
  });

  it('says which name it does not know and what is allowed, and quotes nothing strange', async () => {
    const { port, asked } = await startLooking(() => seen('{}'));
    expect((await ask(port, '/api/v1/summary', { Host: 'evil.example:80' })).text).toBe(
      '{"error":"the live view is not shown as evil.example; allowed: loopback, the address that it listens on, and --web.live-view.host"}',
    );
    expect((await ask(port, '/live', { Host: '<script>' })).text).toContain('is not shown as this host;');
    expect(asked).toEqual([]);
  });

  it('is shown to who asks for the address that the connection came in on', async () => {
    const [address] = Object.values(networkInterfaces())
      .flat()
      .filter((candidate) => candidate?.family === 'IPv4' && !candidate.internal);
    const own = address?.address ?? '127.0.0.1';
    const users = new Map([['a', hashOf('b')]]);
    const { port } = await startLooking(() => seen('{}'), { listenOn: [{ port: 0 }], security: { ...OPEN, users } });
    const asked = await fetch(`http://${own}:${port}/live`, { headers: { authorization: `Basic ${btoa('a:b')}` } });
    expect(asked.status).toBe(200);
    expect((await ask(port, '/live', { Host: own, Authorization: `Basic ${btoa('a:b')}` })).status).toBe(
      own === '127.0.0.1' ? 200 : 403,
    );
  });

  it('is no business of scrapers, which may ask under any name', async () => {
    const { port } = await startLooking(() => seen('{}'));
    expect((await ask(port, '/metrics', { Host: 'evil.example' })).status).toBe(200);
  });

  it.each(PATHS)('is not there unless it is enabled: %s', async (path) => {
    const { port } = await startLooking(() => seen('{}'), { liveView: undefined });
    expect((await ask(port, path)).status).toBe(404);
    expect((await ask(port, '/')).text).not.toContain('Live view');
  });
});
