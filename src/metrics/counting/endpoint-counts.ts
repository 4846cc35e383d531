// All endpoints of a snapshot, counted every way that a metric needs.

import type { PortRange } from '../../model/ephemeral.ts';
import type { Snapshot } from '../../model/snapshot.ts';
import type { AddressFamily } from '../../model/sockets.ts';
import { TCP_STATES } from '../../model/states.ts';
import { addBoundPorts, addListeningPorts, countTcp, countUdp, type StateCounts } from './count.ts';
import type { EphemeralPorts } from './ephemeral-ports.ts';
import { PidCounts } from './pid-counts.ts';
import { PortCounts } from './port-counts.ts';

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

  /**
   * Counts every endpoint once by state, once by process and once by port; those of `portInclude` have rows of their own
   * whatever they are used for. The counts are good until the next call.
   */
  count(snapshot: Snapshot, ephemeral: EphemeralPorts, portInclude: readonly PortRange[]): EndpointCounts {
    const { tcp4, tcp6, udp4, udp6 } = snapshot.tables;
    const [pids, tcpPorts, udpPorts] = [this.#pids, this.#tcpPorts, this.#udpPorts];
    for (const counts of [pids, tcpPorts, udpPorts]) counts.clear();

    for (const { first, last } of portInclude) {
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
    for (const table of udpTables) addBoundPorts(table, ephemeral.of('udp', table.family), udpPorts);
    for (const table of udpTables) countUdp(table, ephemeral.of('udp', table.family), pids, udpPorts);
    return { states, pids, tcpPorts, udpPorts };
  }
}
