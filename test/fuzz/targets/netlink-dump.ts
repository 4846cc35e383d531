// A whole dump by sock_diag: several reads, failing system calls, and sockets that are opened again.
import assert from 'node:assert/strict';
import { createSocketDump, MAX_DUMP_ATTEMPTS } from '../../../src/sources/linux/sock-diag.ts';
import { createRows } from '../../../src/sources/linux/socket-rows.ts';
import { systemFailure } from '../../../src/sources/linux/system-failure.ts';
import { PartFailure } from '../../../src/sources/parts.ts';
import { diagRow, done, joined, message } from '../../sources/linux/netlink-bytes.ts';
import { expectTable, valueOrRefusal } from '../properties.ts';
import type { FuzzTarget } from '../target.ts';

/** Each read begins with a word: how many bytes it has, or from here on an errno that it fails with. */
const FIRST_ERRNO = 0xff00;

export const netlinkDump: FuzzTarget = {
  check(input) {
    const sockets = { opened: 0, open: 0 };
    const script = new Script(input);
    const dump = createSocketDump(() => {
      sockets.opened++;
      sockets.open++;
      return { send: () => {}, receive: (buffer) => script.read(buffer), close: () => void sockets.open-- };
    });
    const rows = createRows();
    const isRead = valueOrRefusal(PartFailure, () => {
      dump({ protocol: 'tcp', family: 'both' }, rows);
      return true;
    });
    assert.equal(sockets.open, 0);
    assert.ok(sockets.opened <= MAX_DUMP_ATTEMPTS);
    if (isRead === undefined) assert.deepEqual([rows.ipv4.length, rows.ipv6.length], [0, 0]);
    for (const table of [rows.ipv4, rows.ipv6]) expectTable(table.toTcpTable());
  },
  taken: [
    joined(read(row4(), listener(1)), read(done())),
    joined(read(listener(1)), read(listener(1), done())),
    joined(read(listener(1)), failing(105), read(listener(2), done(0, 2))),
    joined(read(listener(1), message({ type: 3, flags: 0x12 })), read(listener(2), done(0, 2))),
    joined(failing(4), failing(4), failing(4), failing(4), read(done(0, 5))),
  ],
  others: [
    joined(failing(4), failing(4), failing(4), failing(4), failing(4)),
    joined(read(listener(1)), read(done(-12))),
    joined(read(listener(1)), failing(13)),
  ],
};

class Script {
  #rest: Uint8Array;

  constructor(input: Uint8Array) {
    this.#rest = input;
  }

  /** What `recv` gives: an empty answer once the script is over. */
  read(buffer: Uint8Array): number {
    const [low = 0, high = 0] = this.#rest;
    const word = low + high * 256;
    const bytes = this.#rest.subarray(2, 2 + (word >= FIRST_ERRNO ? 0 : word));
    this.#rest = this.#rest.subarray(2 + bytes.length);
    if (word >= FIRST_ERRNO) throw systemFailure('recv on a sock_diag socket', word - FIRST_ERRNO);
    buffer.set(bytes);
    return bytes.length;
  }
}

function listener(sequence: number): Uint8Array {
  return diagRow({ state: 10, local: ['::', 80], inode: 9, sequence, ofBoth: true });
}

function row4(): Uint8Array {
  return diagRow({ state: 1, local: ['10.0.0.1', 22], remote: ['10.0.0.2', 5], inode: 4, ofBoth: true });
}

function read(...messages: readonly Uint8Array[]): Uint8Array {
  const bytes = Buffer.concat(messages);
  return Buffer.concat([Uint8Array.of(bytes.length & 0xff, bytes.length >> 8), bytes]);
}

function failing(errno: number): Uint8Array {
  return Uint8Array.of(errno, FIRST_ERRNO >> 8);
}
