// Endpoints by local port: a port is a group while it is listened on, bound, or named by the configuration.

import type { PortRange } from '../../model/ephemeral.ts';
import type { Snapshot } from '../../model/snapshot.ts';
import { TCP_STATE_CODE } from '../../model/states.ts';
import { isComplete } from '../completeness.ts';
import { addCounters, type Counters } from '../counting/counters.ts';
import type { EndpointCounts } from '../counting/endpoint-counts.ts';
import type { PortCounts } from '../counting/port-counts.ts';
import type { FamilyBuilder } from '../samples.ts';
import type { AggregationSettings } from '../settings.ts';
import { Groups, OTHER } from './groups.ts';
import { addStates } from './shown-states.ts';

/** Kept from one collection to the next. */
export class PortGroups {
  readonly #settings: AggregationSettings;
  readonly #tcp = new Groups<number>(1);
  readonly #udp = new Groups<number>(1);

  constructor(settings: AggregationSettings) {
    this.#settings = settings;
  }

  /** Adds the port metrics, those that can be complete; tells how many ports the limit folded, if any can. */
  add(snapshot: Snapshot, { tcpPorts, udpPorts }: EndpointCounts, families: FamilyBuilder): number | undefined {
    let foldedCount: number | undefined;
    if (isComplete('netstat_port_tcp_connections', snapshot)) {
      foldedCount = this.#fold(this.#tcp, tcpPorts, isListenedOn, (port, counters) =>
        addStates(families, 'netstat_port_tcp_connections', { port }, counters),
      );
    }
    if (isComplete('netstat_port_udp_endpoints', snapshot)) {
      const foldedUdp = this.#fold(this.#udp, udpPorts, isWaitedOn, (port, counters) =>
        families.add('netstat_port_udp_endpoints', { port }, counters[0] as number),
      );
      foldedCount = (foldedCount ?? 0) + foldedUdp;
    }
    return foldedCount;
  }

  #fold(
    groups: Groups<number>,
    counts: PortCounts,
    listens: (counts: PortCounts, port: number) => boolean,
    visit: (port: string, counters: Counters) => void,
  ): number {
    const { portLimit, portInclude } = this.#settings;
    groups.begin();
    for (const port of counts.ports) {
      const endpoints = counts.total(port);
      // A configured port that nobody uses is no group.
      if (endpoints === 0) continue;
      groups.key[0] = port;
      groups.count(endpoints, listens(counts, port));
    }
    const portOf = (group: number): number => groups.word(group, 0);
    const { shown, foldedCount } = groups.fold({
      limit: portLimit,
      isBefore: (one, other) => portOf(one) < portOf(other),
      isPinned: (group) => isInRanges(portOf(group), portInclude),
      describe: portOf,
      isComplete: true,
    });
    const { other } = counts;
    groups.forEachFolded((group) => addCounters(other, counts.counters, counts.offsets[portOf(group)]));
    for (const port of shown) visit(String(port), counts.row(port));
    if (other.some((count) => count > 0)) visit(OTHER, other);
    return foldedCount;
  }
}

function isListenedOn(counts: PortCounts, port: number): boolean {
  return (counts.counters[(counts.offsets[port] as number) + TCP_STATE_CODE.listen] as number) > 0;
}

/** Whoever bound a UDP port waits on it. */
function isWaitedOn(): boolean {
  return true;
}

function isInRanges(port: number, ranges: readonly PortRange[]): boolean {
  for (const { first, last } of ranges) if (port >= first && port <= last) return true;
  return false;
}
