// An HTTP client that can do what scrapers can: TLS with certificates, a user's password, connections that are kept.
import { once } from 'node:events';
import { type IncomingHttpHeaders, type IncomingMessage, request as requestPlain } from 'node:http';
import { type RequestOptions, request as requestSecure } from 'node:https';
import { text as readAll } from 'node:stream/consumers';
import { TLSSocket } from 'node:tls';

/** `ca`, `cert` and `key` are PEM, `auth` is `user:password`; without an `agent` the connection is of this request alone. */
export type ClientOptions = Pick<RequestOptions, 'agent' | 'auth' | 'ca' | 'cert' | 'key' | 'headers' | 'socketPath'>;

export interface ClientAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  /** SHA-256 of the server's certificate, by which it is known again; undefined without TLS. */
  readonly fingerprint: string | undefined;
}

/** Rejects where there is no whole answer. */
export async function get(url: string, client: ClientOptions = {}): Promise<ClientAnswer> {
  const request = url.startsWith('https:') ? requestSecure : requestPlain;
  const asked = request(url, { agent: false, ...client }).end();
  const [response] = (await once(asked, 'response')) as [IncomingMessage];
  const { socket } = response;
  const fingerprint = socket instanceof TLSSocket ? socket.getPeerX509Certificate()?.fingerprint256 : undefined;
  return { status: response.statusCode ?? 0, headers: response.headers, text: await readAll(response), fingerprint };
}
