// Listens on the configured addresses, and ends in bounded time.

import { once } from 'node:events';
import { createServer, type RequestListener, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getSystemErrorMessage } from 'node:util';
import { type AppOptions, createApp } from './app.ts';

export interface ListenAddress {
  /** A name, or an address without brackets. Absent: all addresses of the host, of both families where it has both. */
  readonly host?: string;
  /** 0 lets the OS choose. */
  readonly port: number;
}

export interface WebOptions extends AppOptions {
  readonly listenAddresses: readonly ListenAddress[];
}

export interface WebServer {
  /** Listens on all addresses and tells where, in their order; or rejects with a ListenError and listens on none. */
  listen(): Promise<readonly AddressInfo[]>;
  /** Accepts nothing new, lets what runs finish for a few seconds, then cuts it off. */
  close(): Promise<void>;
}

/** An address cannot be listened on. The message is one line for the operator. */
export class ListenError extends Error {}

/** A client sends its request within seconds, or it is not one of ours. */
const HEADERS_TIMEOUT_MS = 10_000;
const REQUEST_TIMEOUT_MS = 20_000;
/** How often the two above are looked at. */
const TIMEOUT_CHECK_MS = 5_000;
/** Longer than the usual scrape interval of a minute: a connection lives from one scrape to the next. */
const KEEP_ALIVE_TIMEOUT_MS = 90_000;
const MAX_HEADER_BYTES = 16_384;
const MAX_HEADERS = 100;
/** For each address, idle ones included; beyond it connections are dropped at once. */
const MAX_CONNECTIONS = 1024;
const CLOSE_TIMEOUT_MS = 2_500;

export function createWebServer(options: WebOptions): WebServer {
  const app = createApp(options);
  const servers: Server[] = [];
  const close = async (): Promise<void> => {
    await Promise.all(servers.splice(0).map(closeServer));
  };
  const listen = async (): Promise<readonly AddressInfo[]> => {
    try {
      for (const address of options.listenAddresses) servers.push(await listenOn(address, app));
    } catch (error) {
      await close();
      throw error;
    }
    // Such as too many open files: that connection is lost, the server is not.
    for (const server of servers)
      server.on('error', (err) => options.logger.error({ err }, 'cannot accept a connection'));
    return servers.map(boundAddress);
  };
  return { listen, close };
}

async function listenOn(address: ListenAddress, app: RequestListener): Promise<Server> {
  const server = createServer({
    headersTimeout: HEADERS_TIMEOUT_MS,
    requestTimeout: REQUEST_TIMEOUT_MS,
    connectionsCheckingInterval: TIMEOUT_CHECK_MS,
    keepAliveTimeout: KEEP_ALIVE_TIMEOUT_MS,
    maxHeaderSize: MAX_HEADER_BYTES,
  });
  server.maxHeadersCount = MAX_HEADERS;
  server.maxConnections = MAX_CONNECTIONS;
  server.on('request', app);
  server.on('request', (_request, response) => closeConnectionAfter(response, server));
  server.listen(address);
  try {
    await once(server, 'listening');
  } catch (error) {
    throw new ListenError(describeListenError(address, error as NodeJS.ErrnoException));
  }
  return server;
}

/** Once the server has stopped listening, a connection that is kept alive would keep it from ending. */
function closeConnectionAfter(response: ServerResponse, server: Server): void {
  response.once('close', () => {
    if (!server.listening) server.closeIdleConnections();
  });
}

async function closeServer(server: Server): Promise<void> {
  const closed = once(server, 'close');
  const deadline = setTimeout(() => server.closeAllConnections(), CLOSE_TIMEOUT_MS);
  server.close();
  await closed;
  clearTimeout(deadline);
}

function boundAddress(server: Server): AddressInfo {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server listens on no TCP port');
  return address;
}

const LISTEN_ADVICE: Readonly<Record<string, string>> = {
  EADDRINUSE: 'stop what listens there, or choose another --web.listen-address',
  EACCES:
    'Linux asks a privilege for ports below 1024, Windows reserves ranges of ports; choose another --web.listen-address',
  EADDRNOTAVAIL: 'this host has no such address; choose another --web.listen-address',
  ENOTFOUND: 'no address is known by this name; choose another --web.listen-address',
};

function describeListenError(address: ListenAddress, { code = '', errno, message }: NodeJS.ErrnoException): string {
  const problem = errno === undefined ? message : getSystemErrorMessage(errno);
  const advice = LISTEN_ADVICE[code] ?? 'choose another --web.listen-address';
  return `cannot listen on ${addressText(address)}: ${problem} (${code}); ${advice}`;
}

function addressText({ host = '', port }: ListenAddress): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}
