// Certificates for tests, made by openssl in a folder of their own.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Certificates extends Disposable {
  readonly folder: string;
  /** `authority.pem` has signed the server's and the client's; `stranger.pem` nobody's. */
  path(file: string): string;
  read(file: string): string;
}

const SERVER_NAMES = 'subjectAltName=IP:127.0.0.1,DNS:localhost';

export function makeCertificates(): Certificates {
  const folder = mkdtempSync(join(tmpdir(), 'netstat-exporter-certificates-'));
  const openssl = (...args: string[]): void => void execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' });
  const make = (name: string, ...args: string[]): void =>
    openssl(
      ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2'],
      ...['-subj', `/CN=${name}`, '-keyout', `${name}.key`, '-out', `${name}.pem`, ...args],
    );
  const signed = ['-CA', 'authority.pem', '-CAkey', 'authority.key'];
  make('authority');
  make('stranger');
  make('server', ...signed, '-addext', SERVER_NAMES);
  make('elsewhere', ...signed, '-addext', 'subjectAltName=DNS:elsewhere.test');
  make('client', ...signed);
  openssl('pkcs8', '-topk8', '-in', 'client.key', '-out', 'encrypted.key', '-passout', 'pass:secret');
  const path = (file: string): string => join(folder, file);
  return {
    folder,
    path,
    read: (file) => readFileSync(path(file), 'utf8'),
    [Symbol.dispose]: () => rmSync(folder, { recursive: true }),
  };
}
