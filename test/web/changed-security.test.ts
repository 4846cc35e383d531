// World: certificates of openssl. Provided by: apt-get install openssl
// Another configuration is put in force while the server runs.
import { once } from 'node:events';
import { Agent as HttpAgent, request as requestHttp } from 'node:http';
import { Agent as HttpsAgent, request as requestHttps } from 'node:https';
import { connect } from 'node:net';
import { text as readAll } from 'node:stream/consumers';
import { connect as connectTls } from 'node:tls';
import { afterAll, describe, expect, test } from 'vitest';
import { OPEN } from '../../src/web/security.ts';
import { TlsError } from '../../src/web/tls.ts';
import { makeCertificates } from '../support/certificates.ts';
import { ask, hashOf, startServer } from './running-server.ts';
import { askOverTls, identity, tlsSettings } from './tls-client.ts';

const certificates = makeCertificates();
afterAll(() => certificates[Symbol.dispose]());

const tls = tlsSettings(certificates);
const authority = certificates.read('authority.pem');

interface Kept {
  ask(): Promise<{
    readonly status: number | undefined;
    readonly connection: string | undefined;
    readonly port: number;
  }>;
  end(): void;
}

/** A client that keeps its connection as long as the server does; `port` is its own, which tells connections apart. */
function keep(port: number, scheme: 'http' | 'https'): Kept {
  const options = { keepAlive: true, maxSockets: 1 };
  const agent = scheme === 'http' ? new HttpAgent(options) : new HttpsAgent({ ...options, ca: authority });
  const request = scheme === 'http' ? requestHttp : requestHttps;
  return {
    async ask() {
      const asked = request({ host: '127.0.0.1', port, path: '/health', agent }).end();
      const [response] = await once(asked, 'response');
      await readAll(response);
      return {
        status: response.statusCode,
        connection: response.headers.connection,
        port: asked.socket?.localPort ?? 0,
      };
    },
    end: () => agent.destroy(),
  };
}

describe('TLS', () => {
  test('another certificate is for new connections; one that there is gets its answer, then makes place', async () => {
    const { server, port } = await startServer({ security: { ...OPEN, tls } });
    const client = keep(port, 'https');
    const before = await client.ask();
    expect(before).toMatchObject({ status: 200, connection: 'keep-alive' });
    const [cert, key] = [certificates.read('replacement.pem'), certificates.read('replacement.key')];
    server.apply({ ...OPEN, tls: { ...tls, certificates: cert, key } });
    expect(await client.ask()).toEqual({ status: 200, connection: 'close', port: before.port });
    const after = await client.ask();
    expect(after).toMatchObject({ status: 200, connection: 'keep-alive' });
    expect(after.port).not.toBe(before.port);
    client.end();
  });

  test('that has changed during a handshake lets it end, and is in force for what comes after its first answer', async () => {
    const { server, port } = await startServer({ security: { ...OPEN, tls } });
    const socket = connect(port, '127.0.0.1');
    await once(socket, 'connect');
    // Accepted after it: so was the first one.
    await askOverTls(port, certificates);
    server.apply({ ...OPEN, tls: { ...tls, minimumVersion: 'TLSv1.3' } });
    const old = { maxVersion: 'TLSv1.2' } as const;
    const secured = connectTls({ ...old, socket, ca: authority, servername: 'localhost' });
    secured.write('GET /health HTTP/1.1\r\nHost: x\r\n\r\n');
    expect(await readAll(secured)).toMatch(/^HTTP\/1\.1 200 .*\r\nConnection: close\r\n/s);
    expect(await askOverTls(port, certificates, old)).toBe('refused');
  });

  test('can be switched on, and plain connections make place with their next answer', async () => {
    const { server, port } = await startServer();
    const client = keep(port, 'http');
    expect(await client.ask()).toMatchObject({ status: 200, connection: 'keep-alive' });
    server.apply({ ...OPEN, tls });
    expect(await client.ask()).toMatchObject({ status: 200, connection: 'close' });
    await expect(client.ask()).rejects.toThrow();
    expect(await askOverTls(port, certificates)).toMatchObject({ status: 200 });
    client.end();
  });

  test('can be switched off', async () => {
    const { server, port } = await startServer({ security: { ...OPEN, tls } });
    server.apply(OPEN);
    expect(await ask(port, '/health')).toMatchObject({ status: 200 });
    expect(await askOverTls(port, certificates)).toBe('refused');
  });

  test('asks for a certificate from then on', async () => {
    const { server, port } = await startServer({ security: { ...OPEN, tls } });
    expect(await askOverTls(port, certificates)).toMatchObject({ status: 200 });
    const required = { clientAuthType: 'RequireAndVerifyClientCert', clientAuthorities: authority } as const;
    server.apply({ ...OPEN, tls: { ...tls, ...required } });
    expect(await askOverTls(port, certificates)).toBe('refused');
    expect(await askOverTls(port, certificates, identity(certificates, 'client'))).toMatchObject({ status: 200 });
  });

  test('that stays the same keeps all connections', async () => {
    const { server, port } = await startServer({ security: { ...OPEN, tls } });
    const client = keep(port, 'https');
    const before = await client.ask();
    server.apply({ ...OPEN, tls: { ...tls }, headers: { 'X-Frame-Options': 'sameorigin' } });
    expect(await client.ask()).toEqual(before);
    client.end();
  });

  test('that OpenSSL does not take is refused, and what was in force stays', async () => {
    const { server, port } = await startServer({ security: { ...OPEN, tls, headers: { 'X-XSS-Protection': '0' } } });
    const wrong = { ...tls, key: certificates.read('client.key') };
    expect(() => server.apply({ ...OPEN, tls: wrong })).toThrow(TlsError);
    expect(() => server.apply({ ...OPEN, tls: wrong })).toThrow(/^tls_server_config: OpenSSL does not take it: /);
    const answer = await askOverTls(port, certificates);
    expect(answer).toMatchObject({ status: 200, text: expect.stringContaining('X-XSS-Protection: 0\r\n') });
  });
});

describe('for the next request of the same connection', () => {
  test('users hold', async () => {
    const { server, port } = await startServer();
    const client = keep(port, 'http');
    expect(await client.ask()).toMatchObject({ status: 200 });
    server.apply({ ...OPEN, users: new Map([['someone', hashOf('secret')]]) });
    expect(await client.ask()).toMatchObject({ status: 401, connection: 'keep-alive' });
    server.apply(OPEN);
    expect(await client.ask()).toMatchObject({ status: 200 });
    client.end();
  });

  test('headers hold, in place of our own', async () => {
    const { server, port } = await startServer();
    expect((await ask(port, '/')).headers['x-frame-options']).toBe('DENY');
    const policy = "default-src 'self'";
    server.apply({ ...OPEN, headers: { 'X-Frame-Options': 'sameorigin', 'Content-Security-Policy': policy } });
    for (const path of ['/', '/metrics', '/none']) {
      const { headers } = await ask(port, path);
      expect([headers['x-frame-options'], headers['content-security-policy']]).toEqual(['sameorigin', policy]);
    }
  });

  test('a rate limit holds', async () => {
    const { server, port } = await startServer();
    server.apply({ ...OPEN, rateLimit: { intervalMs: 3_600_000, burst: 2 } });
    const statuses: number[] = [];
    for (let time = 0; time < 4; time += 1) statuses.push((await ask(port, '/health')).status);
    expect(statuses).toEqual([200, 200, 429, 429]);
    server.apply(OPEN);
    expect((await ask(port, '/health')).status).toBe(200);
  });
});
