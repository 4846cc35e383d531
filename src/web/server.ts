// The server: connections come in at the listeners, pass through TLS where it is asked for, and end in one HTTP server.

import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Server, Socket } from 'node:net';
import type { Server as TlsServer } from 'node:tls';
import { isDeepStrictEqual } from 'node:util';
import { type AppOptions, createApp } from './app.ts';
import { clientNetwork } from './client-network.ts';
import { createHttpServer } from './http-server.ts';
import { type BoundAddress, type ListenTarget, MAX_CONNECTIONS, openListener } from './listeners.ts';
import { PasswordChecks, type PasswordComparer } from './passwords/password-checks.ts';
import { authorityOf, originForm } from './request-target.ts';
import type { WebSecurity } from './security.ts';
import { securityHeaders } from './security-headers.ts';
import { createTlsServer } from './tls.ts';

export interface WebOptions extends AppOptions {
  readonly listenOn: readonly ListenTarget[];
  readonly security: WebSecurity;
  readonly passwordComparer: PasswordComparer;
}

/** Half of what an address takes: nobody alone keeps all others out. */
const MAX_CONNECTIONS_OF_A_CLIENT = MAX_CONNECTIONS / 2;
/** What runs on until it is over, and then is cut off. */
const CLOSE_TIMEOUT_MS = 2_500;

/** Throws TlsError. */
export class WebServer {
  readonly #options: WebOptions;
  readonly #passwords: PasswordChecks;
  readonly #http;
  readonly #listeners: Server[] = [];
  /** As they were accepted, before TLS, by the client that they are of. */
  readonly #sockets = new Map<string, Set<Socket>>();
  /** By which TLS server a connection came in; absent for plain ones. */
  readonly #securedBy = new WeakMap<Socket, TlsServer>();
  #security: WebSecurity;
  #tls: TlsServer | undefined;
  #runningAnswers = 0;
  #isClosing = false;

  constructor(options: WebOptions) {
    this.#options = options;
    this.#security = options.security;
    this.#tls = this.#tlsServer(options.security);
    this.#passwords = new PasswordChecks(options.passwordComparer, options.security.users);
    const app = createApp(options, { security: () => this.#security, passwords: this.#passwords });
    this.#http = createHttpServer({
      answer: (request, response) => {
        this.#endConnectionInTime(request, response);
        const target = request.url ?? '';
        request.url = originForm(target);
        request.headers.host = authorityOf(target) ?? request.headers.host;
        app(request, response);
      },
      headers: () => securityHeaders(this.#security.headers),
      refused: (status) => options.exporterMetrics.recordRequest('other', status),
    });
  }

  /** Listens everywhere and tells where, in the order of the options; or rejects with a ListenError and listens nowhere. */
  async listen(): Promise<readonly BoundAddress[]> {
    const addresses: BoundAddress[] = [];
    try {
      for (const target of this.#options.listenOn) {
        const { server, address } = await openListener(target, (socket) => this.#accept(socket));
        // Such as too many open files: that connection is lost, the server is not.
        server.on('error', (err) => this.#options.logger.error({ err }, 'cannot accept a connection'));
        // Whoever only keeps a connection gives way to those that come.
        server.on('drop', () => this.#http.closeIdleConnections());
        this.#listeners.push(server);
        addresses.push(address);
      }
    } catch (error) {
      await this.close();
      throw error;
    }
    return addresses;
  }

  /**
   * Puts another configuration in force: for the next request of every connection, and TLS for new connections; those
   * that there are get the answer that they wait for, and end with the next one if TLS is now another. Throws TlsError,
   * and then keeps what is in force.
   */
  apply(security: WebSecurity): void {
    if (!isDeepStrictEqual(security.tls, this.#security.tls)) this.#tls = this.#tlsServer(security);
    this.#security = security;
    this.#passwords.setUsers(security.users);
  }

  /** Accepts nothing new, lets what runs finish for a few seconds, then cuts it off. */
  async close(): Promise<void> {
    this.#isClosing = true;
    const closed = this.#listeners.splice(0).map(async (listener) => {
      listener.close();
      await once(listener, 'close');
    });
    if (this.#runningAnswers === 0) this.#cutConnections();
    const deadline = setTimeout(() => this.#cutConnections(), CLOSE_TIMEOUT_MS);
    await Promise.all(closed);
    clearTimeout(deadline);
    this.#http.close();
  }

  #cutConnections(): void {
    for (const sockets of this.#sockets.values()) for (const socket of sockets) socket.destroy();
  }

  #accept(socket: Socket): void {
    if (!this.#hasPlaceFor(socket)) {
      socket.destroy();
      return;
    }
    // Of TLS there is no half: a client that ends its side has left.
    if (this.#tls !== undefined) socket.allowHalfOpen = false;
    (this.#tls ?? this.#http).emit('connection', socket);
  }

  /** False where its client has enough connections. */
  #hasPlaceFor(socket: Socket): boolean {
    const client = clientNetwork(socket.remoteAddress);
    const sockets = this.#sockets.get(client) ?? new Set();
    if (sockets.size >= MAX_CONNECTIONS_OF_A_CLIENT) return false;
    this.#sockets.set(client, sockets.add(socket));
    socket.once('close', () => {
      sockets.delete(socket);
      if (sockets.size === 0) this.#sockets.delete(client);
    });
    return true;
  }

  #tlsServer({ tls }: WebSecurity): TlsServer | undefined {
    if (tls === undefined) return undefined;
    const server = createTlsServer(tls, {
      secured: (socket) => {
        this.#securedBy.set(socket, server);
        this.#http.emit('connection', socket);
      },
      refused: (reason, address) => {
        const client = address?.replace(/^::ffff:/, '');
        this.#options.logger.debug({ client, reason }, 'a TLS connection was refused');
      },
    });
    return server;
  }

  /** A connection does not outlive the server, or its own TLS settings, by more than the answer that it waits for. */
  #endConnectionInTime({ socket }: IncomingMessage, response: ServerResponse): void {
    if (this.#isClosing || this.#securedBy.get(socket) !== this.#tls) response.setHeader('Connection', 'close');
    this.#runningAnswers += 1;
    response.once('close', () => {
      this.#runningAnswers -= 1;
      if (this.#isClosing && this.#runningAnswers === 0) this.#cutConnections();
    });
  }
}
