// World: openssl (apt-get install openssl), and this host's loopback interface.
import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { ServerCredentials } from '@grpc/grpc-js';
import { afterAll, describe, expect, it } from 'vitest';
import { OtlpError } from '../../../src/outputs/otlp/error.ts';
import type { TlsFiles } from '../../../src/outputs/otlp/settings.ts';
import { loadTls } from '../../../src/outputs/otlp/tls.ts';
import { makeCertificates } from '../../support/certificates.ts';
import { startGrpcReceiver, startHttpReceiver, startTcpReceiver } from '../../support/otlp-receiver.ts';
import { startExporter, type TestExporter } from '../../support/test-exporter.ts';

const certificates = makeCertificates();
afterAll(() => certificates[Symbol.dispose]());

const { path, read } = certificates;
const NO_FILES: TlsFiles = { authorities: undefined, certificate: undefined, key: undefined };
const OURS: TlsFiles = { ...NO_FILES, authorities: path('authority.pem') };
/** The client's certificate stands first, and after it those that lead to the authority. */
writeFileSync(path('chain.pem'), read('client.pem') + read('authority.pem'));
const WITH_CLIENT: TlsFiles = { ...OURS, certificate: path('chain.pem'), key: path('client.key') };
/** Time enough for what succeeds; what fails is repeated until then. */
const TIMEOUT_MS = 4_000;

interface Server {
  readonly certificate: 'server' | 'elsewhere' | 'stranger';
  readonly wantsClient?: boolean;
}

/** A receiver that speaks TLS, and an exporter that pushes to it. */
interface World extends AsyncDisposable {
  readonly pusher: TestExporter;
}

const PROTOCOLS = {
  async http({ certificate, wantsClient = false }: Server, tls: TlsFiles): Promise<World> {
    const receiver = await startHttpReceiver((response) => response.end(), {
      tls: {
        cert: read(`${certificate}.pem`),
        key: read(`${certificate}.key`),
        ca: read('authority.pem'),
        requestCert: wantsClient,
      },
    });
    const pusher = await startExporter({ url: receiver.url, tls, timeoutMs: TIMEOUT_MS });
    return { pusher, [Symbol.asyncDispose]: () => end(pusher, receiver) };
  },
  async grpc({ certificate, wantsClient = false }: Server, tls: TlsFiles): Promise<World> {
    const credentials = ServerCredentials.createSsl(
      Buffer.from(read('authority.pem')),
      [{ cert_chain: Buffer.from(read(`${certificate}.pem`)), private_key: Buffer.from(read(`${certificate}.key`)) }],
      wantsClient,
    );
    const receiver = await startGrpcReceiver((answer) => answer(null, Buffer.alloc(0)), { credentials });
    const url = `https://127.0.0.1:${receiver.port}`;
    const pusher = await startExporter({ protocol: 'grpc', url, tls, timeoutMs: TIMEOUT_MS });
    return { pusher, [Symbol.asyncDispose]: () => end(pusher, receiver) };
  },
} as const;

async function end(...parts: readonly AsyncDisposable[]): Promise<void> {
  for (const part of parts) await part[Symbol.asyncDispose]();
}

describe.each(['http', 'grpc'] as const)('a push over TLS with %s', (protocol) => {
  const start = PROTOCOLS[protocol];

  it('trusts the authority of the file', async () => {
    await using world = await start({ certificate: 'server' }, OURS);
    expect(await world.pusher.push()).toEqual({ result: 'success' });
    expect(await world.pusher.push()).toEqual({ result: 'success' });
  });

  it("does not trust it without the file: the operating system's authorities do not know it", async () => {
    await using world = await start({ certificate: 'server' }, NO_FILES);
    expect(await world.pusher.failure()).toMatch(
      /self-signed certificate in certificate chain|unable to get local issuer certificate/,
    );
  });

  it('does not trust a stranger', async () => {
    await using world = await start({ certificate: 'stranger' }, OURS);
    expect(await world.pusher.failure()).toMatch(/self-signed certificate/);
  });

  it('does not trust the certificate of another host', async () => {
    await using world = await start({ certificate: 'elsewhere' }, OURS);
    expect(await world.pusher.failure()).toMatch(/IP: 127\.0\.0\.1 is not in the cert/);
  });

  it("shows the client's certificate where it is wanted", async () => {
    await using world = await start({ certificate: 'server', wantsClient: true }, WITH_CLIENT);
    expect(await world.pusher.push()).toEqual({ result: 'success' });
  });

  it("fails without a client's certificate where one is wanted", async () => {
    await using world = await start({ certificate: 'server', wantsClient: true }, OURS);
    expect(await world.pusher.failure()).toMatch(/certificate required|ECONNRESET|hang up|closed|dropped/);
  });

  it('fails where TLS is not spoken', async () => {
    await using receiver = await startTcpReceiver((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
    const url = `https://127.0.0.1:${receiver.port}`;
    const settings = { protocol: protocol === 'grpc' ? 'grpc' : 'http/protobuf', url, tls: OURS } as const;
    await using pusher = await startExporter({ ...settings, timeoutMs: TIMEOUT_MS });
    expect(await pusher.failure()).toMatch(/wrong version number|packet length too long/);
  });
});

describe('the TLS files', () => {
  async function problemOf(files: Partial<TlsFiles>): Promise<string> {
    const error: unknown = await loadTls({ ...NO_FILES, ...files }).then(
      () => undefined,
      (reason: unknown) => reason,
    );
    if (!(error instanceof OtlpError)) throw new Error(`rejected with ${error}`);
    expect(error.message).not.toMatch(/\n/);
    return error.message;
  }

  function written(name: string, text: string): string {
    writeFileSync(path(name), text);
    return path(name);
  }

  const client = { certificate: path('client.pem'), key: path('client.key') };

  it('may be none: the authorities are those of Node.js and of the operating system', async () => {
    await expect(loadTls(NO_FILES)).resolves.toHaveProperty('context');
  });

  it.each([
    ['of the operating system', 'SSL_CERT_FILE'],
    ['that Node.js is told of', 'NODE_EXTRA_CA_CERTS'],
  ])('are trusted besides, when there is no file: the authorities %s', async (_whose, variable) => {
    const certificate = { cert: read('server.pem'), key: read('server.key') };
    await using receiver = await startHttpReceiver((response) => response.end(), { tls: certificate });
    const source = `
      import { startExporter } from './test/support/test-exporter.ts';
      await using pusher = await startExporter({ url: '${receiver.url}', timeoutMs: 10_000 });
      console.log(JSON.stringify(await pusher.push()));
    `;
    // Node reads these variables when it starts.
    const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', source], {
      env: { ...process.env, [variable]: path('authority.pem') },
    });
    expect(JSON.parse(stdout)).toEqual({ result: 'success' });
  });

  it('may hold more than one certificate, and other text', async () => {
    const text = `# ours\n${read('stranger.pem')}\n# theirs\n${read('authority.pem')}`;
    await using world = await PROTOCOLS.http(
      { certificate: 'server' },
      { ...NO_FILES, authorities: written('both.pem', text) },
    );
    expect(await world.pusher.push()).toEqual({ result: 'success' });
  });

  it.each([
    ['that is missing', path('nowhere.pem'), /cannot be read \(ENOENT: /],
    ['that is a folder', certificates.folder, /cannot be read \(EISDIR: /],
    ['that is no PEM', written('empty.pem', 'hello'), /has no certificate in PEM form$/],
    ['that holds a key instead', path('client.key'), /has no certificate in PEM form$/],
    ['that is too large', written('large.pem', ' '.repeat(1_048_577)), /it has more than 1048576 bytes/],
    [
      'that is only beginnings',
      written('many.pem', '-----BEGIN CERTIFICATE-----\n'.repeat(30_000)),
      /has no certificate/,
    ],
    [
      'whose second certificate is broken',
      written('broken.pem', `${read('authority.pem')}-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n`),
      /cannot be used \(/,
    ],
  ])('cannot be a file of authorities %s', async (_what, file, problem) => {
    const message = await problemOf({ authorities: file });
    expect(message).toMatch(problem);
    expect(message).toContain(`otlp.certificate: ${JSON.stringify(file)} `);
  });

  it('are named when it is the client certificate', async () => {
    const message = await problemOf({ ...client, certificate: path('nowhere.pem') });
    expect(message).toContain(`otlp.client-certificate: ${JSON.stringify(path('nowhere.pem'))} cannot be read (ENOENT`);
  });

  it.each([
    ['missing', path('nowhere.key'), /cannot be read \(ENOENT: /],
    ['no key', path('client.pem'), /cannot be used \(/],
    ['encrypted', path('encrypted.key'), /cannot be used \(it is encrypted; allowed: a key without a passphrase\)$/],
    ["another's", path('server.key'), /does not belong to the first certificate of ".*client\.pem"$/],
  ])('cannot have a key that is %s', async (_what, key, problem) => {
    const message = await problemOf({ ...client, key });
    expect(message).toMatch(problem);
    expect(message).toContain(`otlp.client-key: ${JSON.stringify(key)} `);
  });
});
