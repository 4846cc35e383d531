// The owners of handshakes: a connection that is not accepted yet belongs to no file, and so to its listener's owner.

import { NO_PID } from '../../model/sockets.ts';
import { TCP_STATE_CODE } from '../../model/states.ts';
import type { RowsByFamily, SocketRows } from './socket-rows.ts';

/** Rows of listeners, by local port. */
type Listeners = ReadonlyMap<number, readonly number[]>;

/** Writes the pid of the SYN_RECEIVED rows that have no inode. One whose listener is not in the tables stays NO_PID. */
export function attributeHandshakes({ ipv4, ipv6 }: RowsByFamily): void {
  const handshakes4 = rowsWithoutOwner(ipv4);
  const handshakes6 = rowsWithoutOwner(ipv6);
  if (handshakes4.length === 0 && handshakes6.length === 0) return;
  const listeners4 = listenersByPort(ipv4);
  const listeners6 = listenersByPort(ipv6);
  for (const row of handshakes4) {
    ipv4.pid[row] = listenerOwner(ipv4, row, listeners4) ?? dualStackOwner(ipv4, row, ipv6, listeners6) ?? NO_PID;
  }
  for (const row of handshakes6) ipv6.pid[row] = listenerOwner(ipv6, row, listeners6) ?? NO_PID;
}

/** The owner of the listener at the very address, or else at the wildcard address of the same table. */
function listenerOwner(table: SocketRows, row: number, listeners: Listeners): number | undefined {
  const candidates = listeners.get(table.localPort[row] ?? 0) ?? [];
  const listener =
    candidates.find((candidate) => haveSameAddress(table, candidate, row)) ??
    candidates.find((candidate) => isWildcard(table, candidate));
  return listener === undefined ? undefined : table.pid[listener];
}

function dualStackOwner(ipv4: SocketRows, row: number, ipv6: SocketRows, listeners6: Listeners): number | undefined {
  const candidates = listeners6.get(ipv4.localPort[row] ?? 0) ?? [];
  const listener = candidates.find((candidate) => isWildcard(ipv6, candidate));
  return listener === undefined ? undefined : ipv6.pid[listener];
}

function rowsWithoutOwner({ state, inode, length }: SocketRows): number[] {
  const rows: number[] = [];
  for (let row = 0; row < length; row++) {
    if (state[row] === TCP_STATE_CODE.syn_received && inode[row] === 0) rows.push(row);
  }
  return rows;
}

function listenersByPort({ state, localPort, length }: SocketRows): Listeners {
  const listeners = new Map<number, number[]>();
  for (let row = 0; row < length; row++) {
    if (state[row] !== TCP_STATE_CODE.listen) continue;
    const port = localPort[row] ?? 0;
    const rows = listeners.get(port);
    if (rows === undefined) listeners.set(port, [row]);
    else rows.push(row);
  }
  return listeners;
}

function haveSameAddress({ localAddress, words }: SocketRows, one: number, other: number): boolean {
  for (let word = 0; word < words; word++) {
    if (localAddress[one * words + word] !== localAddress[other * words + word]) return false;
  }
  return true;
}

function isWildcard({ localAddress, words }: SocketRows, row: number): boolean {
  for (let word = 0; word < words; word++) if (localAddress[row * words + word] !== 0) return false;
  return true;
}
