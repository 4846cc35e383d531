// Where the server accepts connections: addresses of its own, or sockets that somebody passed to the process.

import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { getSystemErrorMessage } from 'node:util';

export interface ListenAddress {
  /** A name, or an address without brackets. Absent: all addresses of the host, of both families where it has both. */
  readonly host?: string;
  /** 0 lets the OS choose. */
  readonly port: number;
}

/** A listening socket that the process was started with. */
export interface PassedSocket {
  readonly fd: number;
}

export type ListenTarget = ListenAddress | PassedSocket;

/** Where a listener listens. Of a Unix socket that was passed Node.js knows no path. */
export type BoundAddress = AddressInfo | PassedSocket;

export interface Listener {
  readonly server: Server;
  readonly address: BoundAddress;
}

/** It cannot be listened there. The message is one line for the operator. */
export class ListenError extends Error {}

/** For each listener, idle connections included; further ones are dropped at once. */
export const MAX_CONNECTIONS = 1024;

/** Rejects with ListenError. */
export async function openListener(target: ListenTarget, accept: (socket: Socket) => void): Promise<Listener> {
  // Both as Node's own HTTP server has them: small answers go at once, and a client may end its side before it has its answer.
  const server = createServer({ noDelay: true, allowHalfOpen: true }, accept);
  server.maxConnections = MAX_CONNECTIONS;
  server.listen(target);
  try {
    await once(server, 'listening');
  } catch (error) {
    throw new ListenError(describeListenError(target, error as NodeJS.ErrnoException));
  }
  const address = server.address();
  if (address !== null && typeof address === 'object') return { server, address };
  if ('fd' in target) return { server, address: target };
  throw new Error(`listening on ${addressText(target)} gave no address`);
}

const LISTEN_ADVICE: Readonly<Record<string, string>> = {
  EADDRINUSE: 'stop what listens there, or choose another --web.listen-address',
  EACCES:
    'Linux asks a privilege for ports below 1024, Windows reserves ranges of ports; choose another --web.listen-address',
  EADDRNOTAVAIL: 'this host has no such address; choose another --web.listen-address',
  ENOTFOUND: 'no address is known by this name; choose another --web.listen-address',
};

function describeListenError(target: ListenTarget, { code = '', errno, message }: NodeJS.ErrnoException): string {
  const problem = errno === undefined ? message : getSystemErrorMessage(errno);
  if ('fd' in target) {
    return `cannot listen on the passed file descriptor ${target.fd}: ${problem} (${code}); allowed with --web.systemd-socket: stream sockets that listen (ListenStream=, Accept=no)`;
  }
  const advice = LISTEN_ADVICE[code] ?? 'choose another --web.listen-address';
  return `cannot listen on ${addressText(target)}: ${problem} (${code}); ${advice}`;
}

function addressText({ host = '', port }: ListenAddress): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}
