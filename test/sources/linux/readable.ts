// Rows as text that a person can read, and addresses as the words that tables hold.
import { isIPv4 } from 'node:net';
import type { TcpTable, UdpTable } from '../../../src/model/sockets.ts';
import { NO_PID, UNKNOWN_PID } from '../../../src/model/sockets.ts';
import { TCP_STATES } from '../../../src/model/states.ts';
import type { SocketRows } from '../../../src/sources/linux/socket-rows.ts';

/** `127.0.0.1:80 -> 0.0.0.0:0 listen pid 7`, one text a row. */
export function tcpLines(table: TcpTable | SocketRows): string[] {
  return Array.from({ length: table.length }, (_, row) => {
    const local = endpoint(table, table.localAddress, table.localScope, table.localPort, row);
    const remote = endpoint(table, table.remoteAddress, table.remoteScope, table.remotePort, row);
    return `${local} -> ${remote} ${TCP_STATES[table.state[row] ?? -1]} ${ownerText(table, row)}`;
  });
}

/** `127.0.0.1:53 pid 7`, one text a row. */
export function udpLines(table: UdpTable | SocketRows): string[] {
  return Array.from(
    { length: table.length },
    (_, row) =>
      `${endpoint(table, table.localAddress, table.localScope, table.localPort, row)} ${ownerText(table, row)}`,
  );
}

/** The bytes of an address in network order: 4 or 16. IPv6 with at most one `::` and without dots. */
export function addressBytes(address: string): Uint8Array {
  if (isIPv4(address)) return Uint8Array.from(address.split('.'), Number);
  const [left = [], right = []] = address.split('::').map((half) => half.split(':').filter((group) => group !== ''));
  const zeros = Array<string>(8 - left.length - right.length).fill('0');
  const groups = [...left, ...zeros, ...right].map((group) => Number.parseInt(group, 16));
  return Uint8Array.from(groups.flatMap((group) => [group >> 8, group & 0xff]));
}

function endpoint(
  { family }: Pick<TcpTable, 'family'>,
  addresses: Uint32Array<ArrayBuffer>,
  scopes: Uint32Array,
  ports: Uint16Array,
  row: number,
): string {
  const length = family === 'ipv4' ? 4 : 16;
  const bytes = Buffer.from(addresses.buffer, row * length, length);
  const scope = scopes[row] === 0 ? '' : `%${scopes[row]}`;
  if (family === 'ipv4') return `${bytes.join('.')}${scope}:${ports[row]}`;
  const groups = (bytes.toString('hex').match(/.{4}/g) ?? []).join(':');
  const compressed = new URL(`http://[${groups}]`).hostname.slice(1, -1);
  return `[${compressed}${scope}]:${ports[row]}`;
}

/** `pid 7`, `no pid` or `unknown pid`. */
export function ownerText({ pid }: Pick<UdpTable, 'pid'>, row: number): string {
  if (pid[row] === NO_PID) return 'no pid';
  return pid[row] === UNKNOWN_PID ? 'unknown pid' : `pid ${pid[row]}`;
}
