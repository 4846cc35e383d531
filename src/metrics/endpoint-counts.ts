// All endpoints of a snapshot, counted every way that a metric needs.

import type { Snapshot } from '../model/snapshot.ts';
import type { AddressFamily } from '../model/sockets.ts';
import { TCP_STATES } from '../model/states.ts';
import { addBoundPorts, addListeningPorts, countTcp, countUdp, type StateCounts } from './count.ts';
import { ephemeralPorts } from './ephemeral-ranges.ts';
import { PidCounts } from './pid-counts.ts';
import { PortCounts } from './ports.ts';
import type { AggregationSettings } from './settings.ts';

export interface EndpointCounts {
  readonly states: Readonly<Partial<Record<AddressFamily, StateCounts>>>;
  readonly pids: PidCounts;
  readonly tcpPorts: PortCounts;
  readonly udpPorts: PortCounts;
}

/** Counts snapshot after snapshot in the same memory: fresh memory for each would cost a third of the time. */
export class EndpointCounter {
  readonly #pids = new PidCounts();
  readonly #tcpPorts = new PortCounts(TCP_STATES.length);
  readonly #udpPorts = new PortCounts(1);

  /** Counts every endpoint once by state, once by process and once by port. The counts are good until the next call. */
  count(snapshot: Snapshot, settings: AggregationSettings): EndpointCounts {
    const { tcp4, tcp6, udp4, udp6 } = snapshot.tables;
    const [pids, tcpPorts, udpPorts] = [this.#pids, this.#tcpPorts, this.#udpPorts];
    for (const counts of [pids, tcpPorts, udpPorts]) counts.clear();

    for (const { first, last } of settings.portInclude) {
      for (let port = first; port <= last; port++) {
        tcpPorts.addRow(port);
        udpPorts.addRow(port);
      }
    }
    const tcpTables = [tcp4, tcp6].filter((table) => table !== undefined);
    const states: Partial<Record<AddressFamily, StateCounts>> = {};
    for (const table of tcpTables) addListeningPorts(table, tcpPorts);
    for (const table of tcpTables) states[table.family] = countTcp(table, pids, tcpPorts);

    const udpTables = [udp4, udp6].filter((table) => table !== undefined);
    const isEphemeral = {
      ipv4: ephemeralPorts(snapshot, 'udp', 'ipv4'),
      ipv6: ephemeralPorts(snapshot, 'udp', 'ipv6'),
    };
    for (const table of udpTables) addBoundPorts(table, isEphemeral[table.family], udpPorts);
    for (const table of udpTables) countUdp(table, isEphemeral[table.family], pids, udpPorts);
    return { states, pids, tcpPorts, udpPorts };
  }
}
