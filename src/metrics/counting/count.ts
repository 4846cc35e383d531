// The loops over rows: every endpoint is counted by state, by owning process and by local port.

import type { TcpTable, UdpTable } from '../../model/sockets.ts';
import { TCP_STATE_CODE, type TcpState } from '../../model/states.ts';
import type { Counters } from './counters.ts';
import type { PortSet } from './ephemeral-ports.ts';
import { firstSlot, PID_ROW_BITS, type PidCounts, UDP_COLUMN, UDP_LISTENER_COLUMN } from './pid-counts.ts';
import type { PortCounts } from './port-counts.ts';

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

/** Starts anew, at the row where it was, whenever the counts have grown: inside the loop their arrays are constants. */
function countByPid(table: TcpTable, counts: PidCounts, firstRow = 0): void {
  const { length, state, pid } = table;
  const { pids, counters, shift } = counts;
  for (let row = firstRow; row < length; row++) {
    const owner = pid[row] as number;
    let slot = firstSlot(owner, shift);
    if (pids[slot] !== owner) {
      slot = counts.slotOf(owner);
      if (counts.pids !== pids) {
        countByPid(table, counts, row);
        return;
      }
    }
    (counters[(slot << PID_ROW_BITS) + (state[row] as number)] as number)++;
  }
}

function countByPort({ length, state, localPort }: TcpTable, { offsets, counters }: PortCounts): void {
  for (let row = 0; row < length; row++) {
    (counters[(offsets[localPort[row] as number] as number) + (state[row] as number)] as number)++;
  }
}

/** Gives every port that is bound outside the ephemeral range a row of its own. */
export function addBoundPorts({ length, localPort }: UdpTable, ephemeral: PortSet, ports: PortCounts): void {
  for (let row = 0; row < length; row++) {
    const port = localPort[row] as number;
    if (ephemeral[port] === 0) ports.addRow(port);
  }
}

/** Counts every row once by process and once by port. */
export function countUdp(table: UdpTable, ephemeral: PortSet, pids: PidCounts, ports: PortCounts): void {
  const { length, pid, localPort } = table;
  for (let row = 0; row < length; row++) {
    const port = localPort[row] as number;
    const offset = pids.slotOf(pid[row] as number) << PID_ROW_BITS;
    (pids.counters[offset + UDP_COLUMN] as number)++;
    if (ephemeral[port] === 0) (pids.counters[offset + UDP_LISTENER_COLUMN] as number)++;
    (ports.counters[ports.offsets[port] as number] as number)++;
  }
}
