// Joining the bound endpoints with the table of their family, so that each endpoint is there once.

import { ADDRESS_WORDS, growTcpTable, type TcpTable, UNKNOWN_PID } from '../../model/sockets.ts';

const PORTS = 2 ** 16;

/** The table with those bound endpoints behind it whose port and owner are not in it already: those are connected by now, or listen. */
export function withBound(table: TcpTable, bound: TcpTable | undefined): TcpTable {
  if (bound === undefined || bound.length === 0) return table;
  const known = endpointsAt(portsOf(bound), table);
  const rows: number[] = [];
  for (let row = 0; row < bound.length; row++) {
    const port = bound.localPort[row] as number;
    const isKnown = known.has(keyOf(port, bound.pid[row] as number)) || known.has(keyOf(port, UNKNOWN_PID));
    if (!isKnown) rows.push(row);
  }
  const joined = growTcpTable(table, table.length + rows.length);
  for (const [index, row] of rows.entries()) copyRow(bound, row, joined, table.length + index);
  return joined;
}

function portsOf({ length, localPort }: TcpTable): Uint8Array {
  const ports = new Uint8Array(PORTS);
  for (let row = 0; row < length; row++) ports[localPort[row] as number] = 1;
  return ports;
}

/** The keys of the table's endpoints at these ports: few, so that the loop over all rows looks at one byte. */
function endpointsAt(ports: Uint8Array, { length, localPort, pid }: TcpTable): ReadonlySet<number> {
  const keys = new Set<number>();
  for (let row = 0; row < length; row++) {
    const port = localPort[row] as number;
    if (ports[port] === 1) keys.add(keyOf(port, pid[row] as number));
  }
  return keys;
}

function keyOf(port: number, pid: number): number {
  return pid * PORTS + port;
}

function copyRow(from: TcpTable, fromRow: number, to: TcpTable, toRow: number): void {
  const words = ADDRESS_WORDS[from.family];
  to.state[toRow] = from.state[fromRow] as number;
  to.localPort[toRow] = from.localPort[fromRow] as number;
  to.localScope[toRow] = from.localScope[fromRow] as number;
  to.remotePort[toRow] = from.remotePort[fromRow] as number;
  to.remoteScope[toRow] = from.remoteScope[fromRow] as number;
  to.pid[toRow] = from.pid[fromRow] as number;
  for (let word = 0; word < words; word++) {
    to.localAddress[toRow * words + word] = from.localAddress[fromRow * words + word] as number;
    to.remoteAddress[toRow * words + word] = from.remoteAddress[fromRow * words + word] as number;
  }
}
