// Decoding and counting one table as the collection worker does it: in the memory of the collection before.
import {
  addBoundPorts,
  addListeningPorts,
  countTcp,
  countUdp,
  type StateCounts,
} from '../../../src/metrics/counting/count.ts';
import { PidCounts } from '../../../src/metrics/counting/pid-counts.ts';
import { PORTS, PortCounts } from '../../../src/metrics/counting/port-counts.ts';
import type { TcpTable, UdpTable } from '../../../src/model/sockets.ts';
import { TCP_STATES } from '../../../src/model/states.ts';
import {
  decodeTcp4Table,
  decodeTcp6Table,
  decodeUdp4Table,
  decodeUdp6Table,
  type TableBytes,
} from '../../../src/sources/windows/table-decoder.ts';
import { EPHEMERAL, type TableName } from './rows.ts';

const EPHEMERAL_PORTS = new Uint8Array(PORTS).fill(1, EPHEMERAL.first, EPHEMERAL.last + 1);

/** Returns a function that decodes and counts the table once more. */
export function decoding(name: TableName, bytes: TableBytes): () => void {
  if (name === 'tcp4') return tcpDecoding(decodeTcp4Table, bytes);
  if (name === 'tcp6') return tcpDecoding(decodeTcp6Table, bytes);
  return udpDecoding(name === 'udp4' ? decodeUdp4Table : decodeUdp6Table, bytes);
}

/** The same, which returns what the C code counts, in the same order. */
export function tcpDecoding(
  decode: (bytes: TableBytes, spent?: TcpTable) => TcpTable,
  bytes: TableBytes,
): () => { readonly counts: () => readonly number[] } {
  const pids = new PidCounts();
  const ports = new PortCounts(TCP_STATES.length);
  let table: TcpTable | undefined;
  return () => {
    table = decode(bytes, table);
    pids.clear();
    ports.clear();
    addListeningPorts(table, ports);
    const states = countTcp(table, pids, ports);
    return { counts: () => countsOf(states, pids, ports) };
  };
}

function udpDecoding(decode: (bytes: TableBytes, spent?: UdpTable) => UdpTable, bytes: TableBytes): () => void {
  const pids = new PidCounts();
  const ports = new PortCounts(1);
  let table: UdpTable | undefined;
  return () => {
    table = decode(bytes, table);
    pids.clear();
    ports.clear();
    addBoundPorts(table, EPHEMERAL_PORTS, ports);
    countUdp(table, EPHEMERAL_PORTS, pids, ports);
  };
}

function countsOf(states: StateCounts, pids: PidCounts, ports: PortCounts): readonly number[] {
  let pidCount = 0;
  pids.forEach(() => {
    pidCount++;
  });
  return [...states, pidCount, ports.ports.length, ...ports.other];
}
