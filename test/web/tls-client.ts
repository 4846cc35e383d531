// A TLS client: what comes of one request over a connection of its own.
import { type ConnectionOptions, connect, type TLSSocket } from 'node:tls';
import type { TlsSettings } from '../../src/web/security.ts';
import type { Certificates } from '../support/certificates.ts';
import { TLS_DEFAULTS } from '../support/tls-settings.ts';

export interface TlsAnswer {
  readonly status: number;
  readonly protocol: string | null;
  readonly cipher: string;
  readonly text: string;
}

/** As the toolkit has them by default. */
export function tlsSettings(certificates: Certificates, changes: Partial<TlsSettings> = {}): TlsSettings {
  return {
    certificates: certificates.read('server.pem'),
    key: certificates.read('server.key'),
    ...TLS_DEFAULTS,
    ...changes,
  };
}

/** The client's certificate and key of that name. */
export function identity(certificates: Certificates, name: string): ConnectionOptions {
  return { cert: certificates.read(`${name}.pem`), key: certificates.read(`${name}.key`) };
}

/** 'refused' where the connection ends without an answer, be it in the handshake or, as with TLS 1.3, after it. */
export async function askOverTls(
  port: number,
  certificates: Certificates,
  options: ConnectionOptions = {},
): Promise<TlsAnswer | 'refused'> {
  const socket = connect({ host: '127.0.0.1', port, ca: certificates.read('authority.pem'), ...options });
  try {
    socket.write('GET /health HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n');
    const text = await readAll(socket);
    const status = Number(/^HTTP\/1\.1 (\d{3}) /.exec(text)?.[1]);
    if (Number.isNaN(status)) return 'refused';
    return { status, protocol: socket.getProtocol(), cipher: socket.getCipher()?.name ?? '', text };
  } finally {
    socket.destroy();
  }
}

/** What was read, also of a connection that ends with an error. */
function readAll(socket: TLSSocket): Promise<string> {
  return new Promise((resolve) => {
    let text = '';
    // The protocol and the cipher are forgotten with the connection: the answer is over where its length says so.
    socket.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
      if (text.endsWith('{"status":"ok"}')) resolve(text);
    });
    socket.on('error', () => resolve(text)).on('close', () => resolve(text));
  });
}
