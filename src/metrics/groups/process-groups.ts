// Endpoints by owning process.

import type { Snapshot } from '../../model/snapshot.ts';
import { isComplete } from '../completeness.ts';
import { UDP_COLUMN } from '../counting/pid-counts.ts';
import type { FamilyBuilder } from '../samples.ts';
import type { CloseWaitAges } from './close-wait-ages.ts';
import type { Owners } from './owners.ts';
import { addStates, tcpTotal } from './shown-states.ts';

/** Adds the counts by process, those that can be complete. */
export function addProcesses(snapshot: Snapshot, owners: Owners, families: FamilyBuilder): void {
  const withTcp = isComplete('netstat_process_tcp_connections', snapshot);
  const withUdp = isComplete('netstat_process_udp_endpoints', snapshot);
  for (const { identity, counters } of owners.shown) {
    if (withTcp && tcpTotal(counters) > 0) {
      addStates(families, 'netstat_process_tcp_connections', identity, counters);
    }
    const udpEndpoints = counters[UDP_COLUMN] as number;
    if (withUdp && udpEndpoints > 0) families.add('netstat_process_udp_endpoints', identity, udpEndpoints);
  }
}

/** Adds the age of the oldest connection in close_wait, for each process that has one. */
export function addCloseWaitAges(
  snapshot: Snapshot,
  owners: Owners,
  ages: CloseWaitAges,
  readAtMs: number,
  families: FamilyBuilder,
): void {
  if (!isComplete('netstat_process_close_wait_oldest_seconds', snapshot)) return;
  const oldestMs = new Float64Array(owners.shown.length).fill(Number.POSITIVE_INFINITY);
  ages.forEach((pid, sinceMs) => {
    const position = owners.positionOf(pid);
    oldestMs[position] = Math.min(oldestMs[position] as number, sinceMs);
  });
  for (const [position, { identity }] of owners.shown.entries()) {
    const ageMs = readAtMs - (oldestMs[position] as number);
    if (ageMs < 0) continue;
    families.add('netstat_process_close_wait_oldest_seconds', identity, Math.round(ageMs) / 1000);
  }
}
