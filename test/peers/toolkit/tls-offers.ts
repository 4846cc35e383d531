// What TLS clients offer, and what both servers agree on with them.
import { execFileSync } from 'node:child_process';
import type { SecureVersion } from 'node:tls';
import type { Certificates } from '../../support/certificates.ts';
import { type Each, type Questions, startBoth } from './both.ts';
import type { Handshake, Question } from './exchange.ts';

/** All that OpenSSL has, what nobody should use any more included. */
const ANYTHING = 'ALL:@SECLEVEL=0';

/** `rsa.pem` and `rsa.key`: the other certificates have elliptic keys. */
export function makeRsaCertificate({ folder }: Certificates): void {
  const key = ['-newkey', 'rsa:2048', '-nodes', '-keyout', 'rsa.key'];
  const args = ['req', '-x509', ...key, '-subj', '/CN=rsa', '-days', '2', '-out', 'rsa.pem'];
  execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' });
}

/** What both agree on, by `tell`. HTTP/2 is off: with it the toolkit does not start without a suite that it wants for it. */
export async function ask<T>(
  certificates: Certificates,
  certificate: 'server' | 'rsa',
  settings: object,
  questions: Questions,
  tell: (handshake: Handshake) => T,
): Promise<Each<Readonly<Record<string, T | 'refused'>>>> {
  const tls = { cert_file: `${certificate}.pem`, key_file: `${certificate}.key`, ...settings };
  await using both = await startBoth(certificates, { tls_server_config: tls, http_server_config: { http2: false } });
  return await both.ask(questions, (answer) =>
    answer === 'refused' || answer.handshake === undefined ? 'refused' : tell(answer.handshake),
  );
}

export function offering(version: SecureVersion, ciphers = ANYTHING, ecdhCurve = 'auto'): Question {
  return { tls: { minVersion: version, maxVersion: version, ciphers, ecdhCurve } };
}

/** One question a name, asked with that as an offer. */
export function each(names: readonly string[], question: (name: string) => Question): Questions {
  return Object.fromEntries(names.map((name) => [name, question(name)]));
}

export const version = (handshake: Handshake): string | null => handshake.version;
export const cipher = (handshake: Handshake): string => handshake.cipher;
export const group = (handshake: Handshake): string | undefined => handshake.group;
