// A certificate to sign with, and a server of timestamps, both made by openssl for one test run.
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';

export interface SigningAuthority {
  /** The certificate, which vouches for itself, and its key, as PEM files. */
  readonly certificate: string;
  readonly key: string;
  /** Both in one file, with the password of `passwordFile`. */
  readonly container: string;
  readonly passwordFile: string;
}

/** `folder` is an empty one. */
export function makeSigningAuthority(folder: string): SigningAuthority {
  const [certificate, key] = makeCertificate(folder, 'signer', 'codeSigning');
  const [container, passwordFile] = [join(folder, 'signer.pfx'), join(folder, 'password')];
  writeFileSync(passwordFile, 'a pass word\n');
  const from = ['-inkey', key, '-in', certificate];
  openssl('pkcs12', '-export', ...from, '-out', container, '-passout', `file:${passwordFile}`);
  return { certificate, key, container, passwordFile };
}

export interface TimestampServer {
  readonly url: string;
  readonly certificate: string;
  readonly server: Server;
}

/** Answers as "Internet X.509 Public Key Infrastructure Time-Stamp Protocol" (RFC 3161) has it, over HTTP. */
export async function startTimestampServer(folder: string): Promise<TimestampServer> {
  const [certificate, key] = makeCertificate(folder, 'clock', 'critical,timeStamping');
  const [settings, serial, query, reply] = ['settings', 'serial', 'query', 'reply'].map((name) =>
    join(folder, name),
  ) as [string, string, string, string];
  writeFileSync(serial, '01\n');
  writeFileSync(
    settings,
    `[tsa]\ndefault_tsa = here\n[here]\nserial = ${serial}\nsigner_digest = sha256\ndefault_policy = 1.2.3.4\ndigests = sha256\n`,
  );
  const server = createServer(async (request, response) => {
    writeFileSync(query, await buffer(request));
    const by = ['-config', settings, '-signer', certificate, '-inkey', key];
    openssl('ts', '-reply', ...by, '-queryfile', query, '-out', reply);
    response.setHeader('content-type', 'application/timestamp-reply').end(readFileSync(reply));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, certificate, server };
}

function makeCertificate(folder: string, name: string, use: string): readonly [certificate: string, key: string] {
  const [certificate, key] = [join(folder, `${name}.pem`), join(folder, `${name}.key`)];
  openssl(
    ...['req', '-x509', '-newkey', 'rsa:2048', '-noenc', '-days', '3650', '-subj', `/CN=${name} of a test`],
    ...['-addext', `extendedKeyUsage=${use}`, '-out', certificate, '-keyout', key],
  );
  return [certificate, key];
}

function openssl(...args: readonly string[]): void {
  execFileSync('openssl', args, { stdio: 'pipe' });
}
