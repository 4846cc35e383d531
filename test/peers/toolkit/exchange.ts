// One request over a connection of its own, and what came of it: handshake, status and headers.
import { once } from 'node:events';
import { type IncomingMessage, type RequestOptions, request as requestPlain } from 'node:http';
import { request as requestSecure } from 'node:https';
import { type ConnectionOptions, connect, type TLSSocket } from 'node:tls';

/** What a client offers, and what it sends. */
export interface Question {
  /** Undefined: plain HTTP. */
  readonly tls?: ConnectionOptions | undefined;
  readonly headers?: Readonly<Record<string, string | string[]>>;
}

export interface Answer {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  /** Undefined without TLS. */
  readonly handshake: Handshake | undefined;
}

/** What the two sides agreed on. */
export interface Handshake {
  readonly version: string | null;
  readonly cipher: string;
  /** Of the key exchange, as OpenSSL names it; undefined where there is none. */
  readonly group: string | undefined;
}

/** Long enough for the slowest machine. */
const ANSWER_TIMEOUT_MS = 30_000;

/** Both servers answer it with 200. */
const PATH = '/-/healthy';

/** It is the server's view of the client that is looked at. */
const WHOEVER_SERVES: ConnectionOptions = { rejectUnauthorized: false };

/**
 * Refused: the server has ended the connection, or the handshake with an alert, whichever, or it has answered in an older
 * version than the client offers. In TLS 1.3 the client's part of the handshake is over by then, and it learns of that in
 * place of an answer. Rejects where the fault is the client's own.
 */
export async function exchange(port: number, { tls, headers = {} }: Question): Promise<Answer | 'refused'> {
  const options: RequestOptions = { host: '127.0.0.1', port, path: PATH, headers, agent: false };
  const request = tls === undefined ? requestPlain(options) : requestSecure({ ...options, ...WHOEVER_SERVES, ...tls });
  request.setTimeout(ANSWER_TIMEOUT_MS, () => request.destroy(new Error(`no answer within ${ANSWER_TIMEOUT_MS} ms`)));
  request.end();
  try {
    const [response] = (await once(request, 'response')) as [IncomingMessage];
    const handshake = tls && handshakeOf(response.socket as TLSSocket);
    response.resume();
    await once(response, 'end');
    return { status: response.statusCode ?? 0, headers: response.headers, handshake };
  } catch (error) {
    if (isRefusal(error as NodeJS.ErrnoException)) return 'refused';
    throw error;
  }
}

/** What is agreed on to be spoken with a client that offers these protocols (ALPN): nothing is sent in it. */
export async function agreedProtocol(port: number, offered: string[]): Promise<string> {
  const socket = connect({ host: '127.0.0.1', port, ALPNProtocols: offered, ...WHOEVER_SERVES });
  try {
    await once(socket, 'secureConnect', { signal: AbortSignal.timeout(ANSWER_TIMEOUT_MS) });
    return socket.alpnProtocol || 'none';
  } catch (error) {
    if (isRefusal(error as NodeJS.ErrnoException)) return 'refused';
    throw error;
  } finally {
    socket.destroy();
  }
}

function handshakeOf(socket: TLSSocket): Handshake {
  const key = socket.getEphemeralKeyInfo();
  return {
    version: socket.getProtocol(),
    cipher: socket.getCipher().name,
    group: key !== null && 'name' in key ? key.name : undefined,
  };
}

/** An alert is an error of TLS, or of the protocol where the client was writing just then. */
function isRefusal({ code = '', message }: NodeJS.ErrnoException): boolean {
  if (code === 'ECONNRESET' || code === 'EPIPE') return true;
  return /^(ERR_SSL_|EPROTO)/.test(code) && /\balert\b|unsupported protocol/.test(message);
}
