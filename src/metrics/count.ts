// The loops over rows: every endpoint is counted by state, by owning process and by local port.

import type { TcpTable, UdpTable } from '../model/sockets.ts';
import { TCP_STATE_CODE, TCP_STATES } from '../model/states.ts';
import { type PidCounts, UDP_COLUMN, UDP_LISTENER_COLUMN } from './pid-counts.ts';
import type { PortCounts } from './ports.ts';

/** One counter a state, in the order of TCP_STATES. */
export type StateCounts = Uint32Array;

/** Gives every port that is listened on a row of its own. */
export function addListeningPorts(table: TcpTable, ports: PortCounts): void {
  const { length, state, localPort } = table;
  const listen = TCP_STATE_CODE.listen;
  for (let row = 0; row < length; row++) {
    if (state[row] === listen) ports.addRow(localPort[row] as number);
  }
}

/** Counts every row once by state, once by process and once by port; tells the counts by state. */
export function countTcp(table: TcpTable, pids: PidCounts, ports: PortCounts): StateCounts {
  const { length, state, pid, localPort } = table;
  const states = new Uint32Array(TCP_STATES.length);
  const portCounters = ports.counters;
  const portOffsets = ports.offsets;
  // A table is often sorted by owner or has few: the last one is worth remembering.
  let lastPid = -1;
  let pidOffset = 0;
  let pidCounters = pids.counters;
  for (let row = 0; row < length; row++) {
    const code = state[row] as number;
    const owner = pid[row] as number;
    if (owner !== lastPid) {
      pidOffset = pids.rowOf(owner);
      pidCounters = pids.counters;
      lastPid = owner;
    }
    const portOffset = portOffsets[localPort[row] as number] as number;
    (states[code] as number)++;
    (pidCounters[pidOffset + code] as number)++;
    (portCounters[portOffset + code] as number)++;
  }
  return states;
}

/** Gives every port that is bound outside the ephemeral range a row of its own. */
export function addBoundPorts(table: UdpTable, isEphemeral: Uint8Array, ports: PortCounts): void {
  const { length, localPort } = table;
  for (let row = 0; row < length; row++) {
    const port = localPort[row] as number;
    if (isEphemeral[port] === 0) ports.addRow(port);
  }
}

/** Counts every row once by process and once by port. */
export function countUdp(table: UdpTable, isEphemeral: Uint8Array, pids: PidCounts, ports: PortCounts): void {
  const { length, pid, localPort } = table;
  for (let row = 0; row < length; row++) {
    const port = localPort[row] as number;
    const offset = pids.rowOf(pid[row] as number);
    (pids.counters[offset + UDP_COLUMN] as number)++;
    if (isEphemeral[port] === 0) (pids.counters[offset + UDP_LISTENER_COLUMN] as number)++;
    (ports.counters[ports.offsets[port] as number] as number)++;
  }
}
