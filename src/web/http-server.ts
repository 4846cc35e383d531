// The HTTP server: the limits of a connection and of a request, and the answers to what is no HTTP.

import { createServer, type RequestListener, type Server, type ServerResponse, STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';

/** A client sends its request within seconds, or it is not one of ours. */
const HEADERS_TIMEOUT_MS = 10_000;
const REQUEST_TIMEOUT_MS = 20_000;
/** How often the two above are looked at. */
const TIMEOUT_CHECK_MS = 5_000;
/** Longer than the usual scrape interval of a minute: a connection lives from one scrape to the next. */
const KEEP_ALIVE_TIMEOUT_MS = 90_000;
/** A client that takes nothing of its answer for twice as long is cut off: the first time Node only notes what is left. */
export const SEND_TIMEOUT_MS = 15_000;
const MAX_HEADER_BYTES = 16_384;

const STATUS_OF_ERROR: Readonly<Record<string, number>> = {
  HPE_HEADER_OVERFLOW: 431,
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 413,
  ERR_HTTP_REQUEST_TIMEOUT: 408,
};

export interface HttpOptions {
  readonly answer: RequestListener;
  /** What an answer has that no application makes. */
  headers(): Readonly<Record<string, string>>;
  /** Told the status of each answer to what never became a request. */
  refused(status: number): void;
}

/** It listens nowhere: connections are given to it as `connection` events. */
export function createHttpServer({ answer, headers, refused }: HttpOptions): Server {
  const server = createServer({
    headersTimeout: HEADERS_TIMEOUT_MS,
    requestTimeout: REQUEST_TIMEOUT_MS,
    connectionsCheckingInterval: TIMEOUT_CHECK_MS,
    keepAliveTimeout: KEEP_ALIVE_TIMEOUT_MS,
    maxHeaderSize: MAX_HEADER_BYTES,
    // A request without one is refused by the application, whose answers have all headers.
    requireHostHeader: false,
  });
  // Their size is limited. With a number older versions of Node.js drop further ones, and so what announces a body.
  server.maxHeadersCount = 0;
  const underWay = new AnswersUnderWay();
  const listener: RequestListener = (request, response) => {
    underWay.add(request.socket, response);
    response.setTimeout(SEND_TIMEOUT_MS);
    answer(request, response);
  };
  server.on('request', listener);
  // Whatever the client expects before it sends a body: none is taken.
  server.on('checkContinue', listener);
  server.on('checkExpectation', listener);
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    // Before or in the middle of another answer it would be taken for that one.
    if (!socket.writable || error.code === 'ECONNRESET' || underWay.isAny(socket as Socket)) {
      socket.destroy();
      return;
    }
    const status = STATUS_OF_ERROR[error.code ?? ''] ?? 400;
    refused(status);
    socket.end(bareAnswer(status, headers()), () => socket.destroy());
  });
  // Node looks at the time-outs once the server listens, and this one never does by itself.
  server.emit('listening');
  return server;
}

/** The answers that are not over, by connection: with pipelining there are several. */
class AnswersUnderWay {
  readonly #answers = new WeakMap<Socket, Set<ServerResponse>>();

  add(socket: Socket, answer: ServerResponse): void {
    const answers = this.#answers.get(socket) ?? this.#begin(socket);
    answers.add(answer);
    answer.once('close', () => answers.delete(answer));
  }

  isAny(socket: Socket): boolean {
    return (this.#answers.get(socket)?.size ?? 0) > 0;
  }

  #begin(socket: Socket): Set<ServerResponse> {
    const answers = new Set<ServerResponse>();
    this.#answers.set(socket, answers);
    // Node.js 22 does not tell an answer whose turn has not come that the client has left; Node.js 24 does.
    socket.once('close', () => {
      for (const answer of answers) if (answer.socket === null && !answer.destroyed) answer.destroy().emit('close');
    });
    return answers;
  }
}

function bareAnswer(status: number, headers: Readonly<Record<string, string>>): string {
  const body = `${STATUS_CODES[status]}\n`;
  const own = { Connection: 'close', 'Content-Type': 'text/plain; charset=utf-8', 'Content-Length': body.length };
  const lines = Object.entries({ ...headers, ...own }).map(([name, value]) => `${name}: ${value}\r\n`);
  return `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${lines.join('')}\r\n${body}`;
}
