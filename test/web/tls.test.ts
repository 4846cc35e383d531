// World: certificates of openssl. Provided by: apt-get install openssl
// TLS: versions, ciphers, what is asked of a client's certificate, and what a change of the settings does.
import { once } from 'node:events';
import { connect } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { afterAll, describe, expect, test, vi } from 'vitest';
import { CLIENT_AUTH_TYPES } from '../../src/config/web/protocol.ts';
import { OPEN, type TlsSettings } from '../../src/web/security.ts';
import { makeCertificates } from '../support/certificates.ts';
import { PATIENCE } from '../support/patience.ts';
import { ask, type RunningServer, startServer } from './running-server.ts';
import { askOverTls, identity, tlsSettings } from './tls-client.ts';

const certificates = makeCertificates();
afterAll(() => certificates[Symbol.dispose]());

const authority = certificates.read('authority.pem');

async function startTls(changes: Partial<TlsSettings> = {}): Promise<RunningServer> {
  return startServer({ security: { ...OPEN, tls: tlsSettings(certificates, changes) } });
}

describe('versions', () => {
  test.each(['TLSv1.2', 'TLSv1.3'] as const)('%s is spoken', async (version) => {
    const { port } = await startTls();
    const answer = await askOverTls(port, certificates, { minVersion: version, maxVersion: version });
    expect(answer).toMatchObject({ status: 200, protocol: version });
  });

  // OpenSSL speaks these at security level 0 alone, on both sides.
  const old = (version: 'TLSv1' | 'TLSv1.1') =>
    ({ minVersion: version, maxVersion: version, ciphers: 'DEFAULT:@SECLEVEL=0' }) as const;

  test.each(['TLSv1', 'TLSv1.1'] as const)('%s is refused unless it is allowed', async (version) => {
    const { port } = await startTls();
    expect(await askOverTls(port, certificates, old(version))).toBe('refused');
    const allowing = await startTls({ minimumVersion: version });
    expect(await askOverTls(allowing.port, certificates, old(version))).toMatchObject({
      status: 200,
      protocol: version,
    });
  });

  test('a maximum holds, and so does a minimum', async () => {
    const before = await startTls({ maximumVersion: 'TLSv1.2' });
    expect(await askOverTls(before.port, certificates)).toMatchObject({ protocol: 'TLSv1.2' });
    const after = await startTls({ minimumVersion: 'TLSv1.3' });
    expect(await askOverTls(after.port, certificates, { maxVersion: 'TLSv1.2' })).toBe('refused');
  });
});

describe('ciphers and curves', () => {
  const both = ['ECDHE-ECDSA-AES128-GCM-SHA256', 'ECDHE-ECDSA-AES256-GCM-SHA384'] as const;
  const reversed = { maxVersion: 'TLSv1.2', ciphers: both.toReversed().join(':') } as const;

  test('the server prefers its own first cipher', async () => {
    const { port } = await startTls({ cipherSuites: both });
    expect(await askOverTls(port, certificates, reversed)).toMatchObject({ cipher: both[0] });
  });

  test('or the client its own', async () => {
    const { port } = await startTls({ cipherSuites: both, preferServerCipherSuites: false });
    expect(await askOverTls(port, certificates, reversed)).toMatchObject({ cipher: both[1] });
  });

  test('no other cipher is spoken, but TLS 1.3 has its own', async () => {
    const { port } = await startTls({ cipherSuites: [both[0]] });
    expect(await askOverTls(port, certificates, { maxVersion: 'TLSv1.2', ciphers: both[1] })).toBe('refused');
    expect(await askOverTls(port, certificates)).toMatchObject({ status: 200, protocol: 'TLSv1.3' });
  });

  test('where only those of TLS 1.3 are allowed, no other version is spoken', async () => {
    const { port } = await startTls({ cipherSuites: [] });
    expect(await askOverTls(port, certificates)).toMatchObject({ status: 200 });
    expect(await askOverTls(port, certificates, { maxVersion: 'TLSv1.2' })).toBe('refused');
  });

  test('no other curve is spoken', async () => {
    const { port } = await startTls({ curves: ['secp384r1'] });
    expect(await askOverTls(port, certificates, { ecdhCurve: 'secp384r1' })).toMatchObject({ status: 200 });
    expect(await askOverTls(port, certificates, { ecdhCurve: 'prime256v1' })).toBe('refused');
  });
});

describe('the certificate of a client', () => {
  /** What each type lets in. */
  const CLIENTS = {
    NoClientCert: ['none', 'client', 'stranger', 'expired', 'no-client'],
    RequestClientCert: ['none', 'client', 'stranger', 'expired', 'no-client'],
    RequireAnyClientCert: ['client', 'stranger', 'expired', 'no-client'],
    VerifyClientCertIfGiven: ['none', 'client'],
    RequireAndVerifyClientCert: ['client'],
  } as const;

  describe.each(CLIENT_AUTH_TYPES)('%s', (clientAuthType) => {
    test.each(['TLSv1.2', 'TLSv1.3'] as const)('over %s', async (maxVersion) => {
      const { port } = await startTls({ clientAuthType, clientAuthorities: authority });
      const letIn: string[] = [];
      for (const name of ['none', 'client', 'stranger', 'expired', 'no-client']) {
        const client = name === 'none' ? {} : identity(certificates, name);
        if ((await askOverTls(port, certificates, { ...client, maxVersion })) !== 'refused') letIn.push(name);
      }
      expect(letIn).toEqual(CLIENTS[clientAuthType]);
    });
  });

  const required = { clientAuthType: 'RequireAndVerifyClientCert', clientAuthorities: authority } as const;

  test.each(['scraper.test', 'scraper@example.test', '192.0.2.7', '2001:db8::7', 'spiffe://example.test/scraper'])(
    'is let in by its name %s',
    async (name) => {
      const { port } = await startTls({ ...required, clientAllowedNames: ['other.test', name] });
      expect(await askOverTls(port, certificates, identity(certificates, 'client'))).toMatchObject({ status: 200 });
    },
  );

  test.each([[['other.test']], [['client']], [['SCRAPER.test']], [['*.test']], [[]]])(
    'is not let in by the names %j',
    async (clientAllowedNames) => {
      const { port } = await startTls({ ...required, clientAllowedNames });
      expect(await askOverTls(port, certificates, identity(certificates, 'client'))).toBe('refused');
    },
  );

  test.each([
    ['none', /^peer did not return a certificate$/],
    ['expired', /^the client's certificate is not trusted \(CERT_HAS_EXPIRED\)$/],
    ['stranger', /^the client's certificate is not trusted \(DEPTH_ZERO_SELF_SIGNED_CERT\)$/],
    ['no-client', /^the client's certificate is not trusted \(\w+\)$/],
  ])('that is not let in (%s) is told in the log', async (name, reason) => {
    const running = await startTls(required);
    const client = name === 'none' ? {} : identity(certificates, name);
    expect(await askOverTls(running.port, certificates, client)).toBe('refused');
    const told = { message: 'a TLS connection was refused', reason: expect.stringMatching(reason) };
    await vi.waitFor(() => expect(running.debugged).toMatchObject([told]), PATIENCE);
  });

  test('is looked at in every connection: none is resumed', async () => {
    const { port } = await startTls({ ...required, maximumVersion: 'TLSv1.2' });
    const options = { ...identity(certificates, 'client'), host: '127.0.0.1', port, ca: authority };
    const first = connectTls(options);
    await once(first, 'secureConnect');
    const session = first.getSession();
    first.destroy();
    const second = connectTls({ ...options, ...(session === undefined ? {} : { session }) });
    await once(second, 'secureConnect');
    expect(second.isSessionReused()).toBe(false);
    second.destroy();
  });
});

test('a handshake is not made again on a connection', async () => {
  const { port } = await startTls();
  const socket = connectTls({ host: '127.0.0.1', port, ca: authority, maxVersion: 'TLSv1.2' });
  await once(socket, 'secureConnect');
  const error = await new Promise((resolve) => {
    socket.on('error', resolve);
    socket.renegotiate({}, resolve);
  });
  expect(error).toMatchObject({ reason: 'no renegotiation' });
  socket.destroy();
});

describe('what is no TLS', () => {
  test('is refused, and serving goes on', async () => {
    const { port } = await startTls();
    await expect(ask(port, '/health')).rejects.toThrow(/socket hang up|ECONNRESET/);
    expect(await askOverTls(port, certificates)).toMatchObject({ status: 200 });
  });

  test('leaves nothing behind when it leaves in the middle of the handshake', async () => {
    const { server, port } = await startTls();
    for (const piece of ['', '\x16', '\x16\x03\x01\x02\x00\x01']) {
      const socket = connect(port, '127.0.0.1');
      socket.resume().end(piece);
      await once(socket, 'close');
    }
    expect(await askOverTls(port, certificates)).toMatchObject({ status: 200 });
    await server.close();
  });
});
