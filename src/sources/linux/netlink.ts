// A sock_diag netlink socket: the system calls of one.

import { close, LONG_BYTES, lastErrno, recv, send, setsockopt, socket } from './libc.ts';
import { systemFailure } from './system-failure.ts';

const AF_NETLINK = 16;
const SOCK_RAW = 3;
const SOCK_CLOEXEC = 0o2000000;
const NETLINK_SOCK_DIAG = 4;
const SOL_SOCKET = 1;
const SO_RCVTIMEO = 20;
/** recv returns the message's whole length, also where it did not fit the buffer. */
const MSG_TRUNC = 0x20;

/** A kernel that does not answer for so long will not: the read fails and does not hang the collection. */
const RECEIVE_TIMEOUT_SECONDS = 2;

/** One netlink socket. All methods throw a PartFailure that has the errno's name as its code. */
export interface NetlinkSocket {
  send(request: Uint8Array): void;
  /** Fills `buffer` from its start. Returns the message's length in bytes: more than the buffer's if it was cut off. */
  receive(buffer: Uint8Array): number;
  close(): void;
}

/** Opens a socket for sock_diag requests: sock_diag(7), netlink(7). */
export function openNetlinkSocket(): NetlinkSocket {
  const fd = check('socket for sock_diag', socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_SOCK_DIAG));
  // A failure here would only bring the default back, which is to wait for ever: so it counts.
  const timeout = [RECEIVE_TIMEOUT_SECONDS, 0];
  const bytes = timeout.length * LONG_BYTES;
  try {
    check('setsockopt on a sock_diag socket', setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, timeout, bytes));
  } catch (error) {
    close(fd);
    throw error;
  }
  return {
    send: (request) => void check('send on a sock_diag socket', send(fd, request, request.length, 0)),
    receive: (buffer) =>
      check(
        `recv on a sock_diag socket, waiting for at most ${RECEIVE_TIMEOUT_SECONDS} s`,
        recv(fd, buffer, buffer.length, MSG_TRUNC),
      ),
    close: () => void close(fd),
  };
}

function check(tried: string, result: number): number {
  if (result < 0) throw systemFailure(tried, lastErrno());
  return result;
}
