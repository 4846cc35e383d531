// The loops over rows: every endpoint is counted by state, by owning process and by local port.

import type { TcpTable, UdpTable } from '../../model/sockets.ts';
import { TCP_STATE_CODE, type TcpState } from '../../model/states.ts';
import type { Counters } from './counters.ts';
import type { PortSet } from './ephemeral-ports.ts';
import { firstSlot, PID_ROW_BITS, type PidCounts, UDP_COLUMN, UDP_LISTENER_COLUMN } from './pid-counts.ts';
import { OTHER_ROW, type PortCounts } from './port-counts.ts';

/** One counter a state, in the order of TCP_STATES. */
export type StateCounts = Counters;

/** Calls back for each row in a state that few rows are in: searching for them is many times faster than looking at each. */
export function forEachRowIn(name: TcpState, { length, state }: TcpTable, visit: (row: number) => void): void {
  const code = TCP_STATE_CODE[name];
  for (let row = state.indexOf(code); row >= 0 && row < length; row = state.indexOf(code, row + 1)) visit(row);
}

/** Gives every port that is listened on a row of its own. */
export function addListeningPorts(table: TcpTable, ports: PortCounts): void {
  forEachRowIn('listen', table, (row) => ports.addRow(table.localPort[row] as number));
}

/** Counts every row once by process and once by port; tells how many rows were in which state. */
export function countTcp(table: TcpTable, pids: PidCounts, ports: PortCounts): StateCounts {
  const before = ports.totals();
  countByPid(table, pids);
  countByPort(table, ports);
  // Counting the states in a loop would make each row wait for the one before: most are in the same state.
  return ports.totals().map((total, code) => total - (before[code] ?? 0));
}

/** A process that comes for the first time, or whose first slot was taken, costs a call: few rows do. */
function countByPid(table: TcpTable, counts: PidCounts): void {
  const { length, state, pid } = table;
  for (let row = countInFirstSlots(table, counts, 0); row < length; row = countInFirstSlots(table, counts, row + 1)) {
    const offset = counts.slotOf(pid[row] as number) << PID_ROW_BITS;
    (counts.counters[offset + (state[row] as number)] as number)++;
  }
}

/**
 * Counts from `firstRow` on, up to the first row whose process is not in its first slot; returns that row. A loop with
 * that call in it would take twice the time: without, all that it looks at stays in registers.
 */
function countInFirstSlots({ length, state, pid }: TcpTable, counts: PidCounts, firstRow: number): number {
  const { pids, counters, shift } = counts;
  for (let row = firstRow; row < length; row++) {
    const owner = pid[row] as number;
    const slot = firstSlot(owner, shift);
    if (pids[slot] !== owner) return row;
    (counters[(slot << PID_ROW_BITS) + (state[row] as number)] as number)++;
  }
  return length;
}

function countByPort({ length, state, localPort }: TcpTable, { offsets, counters }: PortCounts): void {
  for (let row = 0; row < length; row++) {
    (counters[(offsets[localPort[row] as number] as number) + (state[row] as number)] as number)++;
  }
}

/** Gives every port that is bound outside the ephemeral range a row of its own. */
export function addBoundPorts({ length, localPort }: UdpTable, ephemeral: PortSet, ports: PortCounts): void {
  const { offsets } = ports;
  for (let row = 0; row < length; row++) {
    const port = localPort[row] as number;
    // One condition, which hardly ever holds: of two, no processor could foretell which port is an ephemeral one.
    if (((offsets[port] as number) | (ephemeral[port] as number)) === OTHER_ROW) ports.addRow(port);
  }
}

/** Counts every row once by process and once by port. */
export function countUdp(table: UdpTable, ephemeral: PortSet, pids: PidCounts, ports: PortCounts): void {
  const { length, pid, localPort } = table;
  const { offsets, counters } = ports;
  for (let row = 0; row < length; row++) {
    const port = localPort[row] as number;
    const owner = pid[row] as number;
    let slot = firstSlot(owner, pids.shift);
    if (pids.pids[slot] !== owner) slot = pids.slotOf(owner);
    const offset = slot << PID_ROW_BITS;
    (pids.counters[offset + UDP_COLUMN] as number)++;
    // Without a branch: no processor can foretell which port is an ephemeral one.
    (pids.counters[offset + UDP_LISTENER_COLUMN] as number) += 1 - (ephemeral[port] as number);
    (counters[offsets[port] as number] as number)++;
  }
}
