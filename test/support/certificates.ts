// Certificates for tests, made by openssl in a folder of their own.
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Certificates extends Disposable {
  readonly folder: string;
  /** `NAME.pem` and its `NAME.key`. `authority` has signed all others but `stranger`, which has signed itself. */
  path(file: string): string;
  read(file: string): string;
}

const SERVER_NAMES = 'subjectAltName=IP:127.0.0.1,IP:::1,DNS:localhost';
/** One of each kind that can be asked of a client. */
const CLIENT_NAMES =
  'subjectAltName=DNS:scraper.test,email:scraper@example.test,IP:192.0.2.7,IP:2001:db8::7,URI:spiffe://example.test/scraper';

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
  make('replacement', ...signed, '-addext', SERVER_NAMES);
  make('client', ...signed, '-addext', CLIENT_NAMES);
  make('no-client', ...signed, '-addext', 'extendedKeyUsage=serverAuth');
  // `req -x509` makes nothing that has ended already.
  const request = ['-key', 'client.key', '-subj', '/CN=expired', '-out', 'expired.csr'];
  openssl('req', '-new', ...request);
  openssl('x509', '-req', '-in', 'expired.csr', ...signed, '-days', '-1', '-out', 'expired.pem');
  cpSync(join(folder, 'client.key'), join(folder, 'expired.key'));
  openssl('pkcs8', '-topk8', '-in', 'client.key', '-out', 'encrypted.key', '-passout', 'pass:secret');
  const path = (file: string): string => join(folder, file);
  return {
    folder,
    path,
    read: (file) => readFileSync(path(file), 'utf8'),
    [Symbol.dispose]: () => rmSync(folder, { recursive: true }),
  };
}
