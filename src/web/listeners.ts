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

/** Where a listener listens: an address and a port, or the path of a Unix socket, which only a passed one can be. */
export type BoundAddress = AddressInfo | string;

/** It cannot be listened there. The message is one line for the operator. */
export class ListenError extends Error {}

/** For each listener, idle connections included; further ones are dropped at once. */
export const MAX_CONNECTIONS = 1024;

/** Rejects with ListenError. */
export async function openListener(target: ListenTarget, accept: (socket: Socket) => void): Promise<Server> {
  // Both as Node's own HTTP server has them: small answers go at once, and a client may end its side before it has its answer.
  const listener = createServer({ noDelay: true, allowHalfOpen: true }, accept);
  listener.maxConnections = MAX_CONNECTIONS;
  listener.listen(target);
  try {
    await once(listener, 'listening');
  } catch (error) {
    throw new ListenError(describeListenError(target, error as NodeJS.ErrnoException));
  }
  return listener;
}

export function boundAddress(listener: Server): BoundAddress {
  const address = listener.address();
  if (address === null) throw new Error('the listener does not listen');
  return address;
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
