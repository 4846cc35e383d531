// Reading a whole table by sock_diag: request, answers until the end, and again where the kernel was disturbed.

import { PartFailure } from '../parts.ts';
import { DUMP_INTERRUPTED, type DumpRequest, type DumpScope, encodeRequest, parseAnswer } from './inet-diag.ts';
import type { NetlinkSocket } from './netlink.ts';
import { markRows, type RowsByFamily } from './socket-rows.ts';

/** The kernel fills at most about 32 KiB a read. */
const RECEIVE_BUFFER_BYTES = 64 * 1024;
/** How often one dump is tried when the kernel says that it was disturbed. */
export const MAX_DUMP_ATTEMPTS = 5;
/** At some 200 rows a read, more than any table has: a dump that does not end by then never will. */
const MAX_READS = 2 ** 17;

const DISTURBED: readonly string[] = [DUMP_INTERRUPTED, 'ENOBUFS', 'EINTR'];

/** How a host says that sock_diag may not be used or is not there: permissions, seccomp, a missing module or family. */
const REFUSED: readonly string[] = [
  'EPERM',
  'EACCES',
  'EPROTONOSUPPORT',
  'EAFNOSUPPORT',
  'ENOTSUP',
  'ENOENT',
  'ENOSYS',
];

/** Appends all sockets in the scope. Throws a PartFailure, and then the rows are as before. */
export type SocketDump = (scope: DumpScope, rows: RowsByFamily) => void;

/**
 * Each attempt has a socket of its own: nothing of an aborted dump can be taken for an answer to the next. The receive
 * buffer serves them all.
 */
export function createSocketDump(openSocket: () => NetlinkSocket): SocketDump {
  const buffer = new Uint8Array(RECEIVE_BUFFER_BYTES);
  let sequence = 0;

  return (scope, rows) => {
    const removeAppended = markRows(rows);
    for (let attempt = 1; ; attempt++) {
      sequence = (sequence + 1) >>> 0;
      try {
        dumpOnce(openSocket, { ...scope, sequence }, buffer, rows);
        return;
      } catch (error) {
        removeAppended();
        if (!hasCode(error, DISTURBED)) throw error;
        if (attempt === MAX_DUMP_ATTEMPTS)
          throw new PartFailure(error.code, `${error.message}; tried ${attempt} times`);
      }
    }
  };
}

/** Whether the error means that sock_diag is not to be had here, so that another way is worth trying. */
export function isRefusal(error: unknown): error is PartFailure {
  return hasCode(error, REFUSED);
}

function dumpOnce(openSocket: () => NetlinkSocket, request: DumpRequest, buffer: Uint8Array, rows: RowsByFamily): void {
  const view = new DataView(buffer.buffer);
  const socket = openSocket();
  try {
    socket.send(encodeRequest(request));
    for (let reads = 0; reads < MAX_READS; reads++) {
      if (parseAnswer(view, socket.receive(buffer), request, rows)) return;
    }
  } finally {
    socket.close();
  }
  throw new PartFailure('malformed', `sock_diag dump of ${request.protocol}: no end after ${MAX_READS} reads`);
}

function hasCode(error: unknown, codes: readonly string[]): error is PartFailure {
  return error instanceof PartFailure && codes.includes(error.code);
}
