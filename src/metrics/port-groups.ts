// Endpoints by local port: a port is a group while it is listened on, bound, or named by the configuration.

import type { Snapshot } from '../model/snapshot.ts';
import { TCP_STATE_CODE } from '../model/states.ts';
import { isComplete } from './completeness.ts';
import { addCounters, type Counters } from './counters.ts';
import type { EndpointCounts } from './endpoint-counts.ts';
import { fold, OTHER } from './fold.ts';
import { isInRanges, type PortCounts } from './ports.ts';
import type { FamilyBuilder } from './samples.ts';
import type { AggregationSettings } from './settings.ts';
import { forEachShownState } from './shown-states.ts';

interface PortGroup {
  readonly port: string;
  readonly counters: Counters;
}

/** Adds the port metrics, those that can be complete; tells how many ports the limit folded. */
export function addPorts(
  snapshot: Snapshot,
  counts: EndpointCounts,
  settings: AggregationSettings,
  families: FamilyBuilder,
): number {
  let foldedCount = 0;
  if (isComplete('netstat_port_tcp_connections', snapshot)) {
    const ports = foldPorts(counts.tcpPorts, settings, (counters) => (counters[TCP_STATE_CODE.listen] ?? 0) > 0);
    for (const { port, counters } of ports.shown) {
      forEachShownState(counters, (state, count) => {
        families.add('netstat_port_tcp_connections', { port, state }, count);
      });
    }
    foldedCount += ports.foldedCount;
  }
  if (isComplete('netstat_port_udp_endpoints', snapshot)) {
    // Whoever bound a UDP port waits on it.
    const ports = foldPorts(counts.udpPorts, settings, () => true);
    for (const { port, counters } of ports.shown) {
      families.add('netstat_port_udp_endpoints', { port }, counters[0] ?? 0);
    }
    foldedCount += ports.foldedCount;
  }
  return foldedCount;
}

function foldPorts(
  counts: PortCounts,
  settings: AggregationSettings,
  listens: (counters: Counters) => boolean,
): { readonly shown: readonly PortGroup[]; readonly foldedCount: number } {
  const candidates: { number: number; counters: Counters; pinned: boolean; listens: boolean; endpoints: number }[] = [];
  counts.forEach((number, counters) => {
    const endpoints = total(counters);
    // A configured port that nobody uses is no group.
    if (endpoints === 0) return;
    candidates.push({
      number,
      counters,
      endpoints,
      pinned: isInRanges(number, settings.portInclude),
      listens: listens(counters),
    });
  });
  candidates.sort((a, b) => a.number - b.number);
  const { shown, folded } = fold(candidates, settings.portLimit);

  const groups = shown
    .toSorted((a, b) => a.number - b.number)
    .map(({ number, counters }): PortGroup => ({ port: String(number), counters }));
  const other = counts.other.slice();
  for (const { counters } of folded) addCounters(other, counters);
  if (total(other) > 0) groups.push({ port: OTHER, counters: other });
  return { shown: groups, foldedCount: folded.length };
}

function total(counters: Counters): number {
  return counters.reduce((sum, count) => sum + count, 0);
}
