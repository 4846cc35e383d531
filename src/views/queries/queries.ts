// The questions to Prometheus in whose answers an endpoint is counted.

import { EphemeralPorts } from '../../metrics/counting/ephemeral-ports.ts';
import type { OutboundConnections } from '../../metrics/counting/outbound-connections.ts';
import { withConfiguredRange } from '../../metrics/ephemeral-ranges.ts';
import { OTHER } from '../../metrics/groups/groups.ts';
import { IDENTITY_OF_OTHER, identityOf, keyOf, type ProcessIdentity } from '../../metrics/groups/process-identity.ts';
import type { Samples } from '../../metrics/samples.ts';
import type { AggregationSettings } from '../../metrics/settings.ts';
import type { Snapshot } from '../../model/snapshot.ts';
import type { AddressFamily, Protocol, TcpTable, UdpTable } from '../../model/sockets.ts';
import { TCP_STATES, type TcpState } from '../../model/states.ts';
import { blockAt, blocksOf, type EndpointBlock, isClosed, rowAt } from '../blocks.ts';
import type { MetricQuery } from '../endpoint.ts';
import { localAddressOf, remoteAddressOf } from '../ends.ts';
import { outboundConnections } from '../groups/outbound.ts';
import { SeriesQueries } from './series-queries.ts';

const KEY_OF_OTHER = keyOf(IDENTITY_OF_OTHER);

/** A row, and the labels that most metrics of it have. */
interface Row {
  readonly protocol: Protocol;
  readonly table: UdpTable;
  readonly row: number;
  readonly family: AddressFamily;
  readonly port: string;
  /** Before anything is folded. */
  readonly owner: ProcessIdentity;
}

interface TcpRow extends Row {
  readonly table: TcpTable;
  readonly state: TcpState;
}

/** Of one collection, and to be kept as long as that: it looks through the samples once. */
export class QueryWriter {
  readonly #settings: AggregationSettings;
  readonly #snapshot: Snapshot;
  readonly #series: SeriesQueries;
  /** By process id. */
  readonly #owners = new Map<number, ProcessIdentity>();
  #outbound: OutboundConnections | undefined;
  #ephemeralPorts: EphemeralPorts | undefined;

  /** `samples` are what aggregation by `settings` made of `snapshot`. */
  constructor(settings: AggregationSettings, samples: Samples, snapshot: Snapshot) {
    this.#settings = settings;
    this.#snapshot = snapshot;
    this.#series = new SeriesQueries(samples, settings.pidLabel ? [] : ['pid']);
  }

  /**
   * At most six, the most specific first, of the metrics that this collection has. Where the endpoint's group was folded
   * they ask for `_other`, and say so. For one that is closed there are none: nothing counts it any more.
   */
  queriesFor(blocks: readonly EndpointBlock[], number: number): readonly MetricQuery[] {
    const block = blockAt(blocks, number);
    const position = number - block.first;
    if (isClosed(block, position)) return [];
    const endpoint = this.#read(block, rowAt(block, position));
    return ('state' in endpoint ? this.#ofTcp(endpoint) : this.#ofUdp(endpoint)).filter((query) => query !== undefined);
  }

  #read(block: EndpointBlock, row: number): Row | TcpRow {
    const { protocol, table } = block;
    const owner = this.#ownerOf(table.pid[row] as number);
    const endpoint = { protocol, table, row, family: table.family, port: String(table.localPort[row]), owner };
    if (block.protocol === 'udp') return endpoint;
    return { ...endpoint, table: block.table, state: TCP_STATES[block.table.state[row] as number] ?? 'unknown' };
  }

  #ofTcp(endpoint: TcpRow): readonly (MetricQuery | undefined)[] {
    const { state, family, port } = endpoint;
    return [
      state === 'listen' ? this.#listener(endpoint) : this.#destination(endpoint),
      this.#ofProcess(endpoint),
      state === 'close_wait' ? this.#oldestAge(endpoint) : undefined,
      this.#series.query(
        'connections of the local port in this state',
        'netstat_port_tcp_connections',
        { port, state },
        { port: OTHER, state },
      ),
      this.#ephemeralUse(endpoint),
      this.#series.query('connections of the host in this family and state', 'netstat_tcp_connections', {
        family,
        state,
      }),
    ];
  }

  #ofUdp(endpoint: Row): readonly (MetricQuery | undefined)[] {
    const { owner, family, port } = endpoint;
    return [
      this.#listener(endpoint),
      this.#series.query('UDP endpoints of the process', 'netstat_process_udp_endpoints', owner, IDENTITY_OF_OTHER),
      this.#series.query('UDP endpoints of the local port', 'netstat_port_udp_endpoints', { port }, { port: OTHER }),
      this.#ephemeralUse(endpoint),
      this.#series.query('UDP endpoints of the host in this family', 'netstat_udp_endpoints', { family }),
    ];
  }

  /** A listener beyond the limit is left out, not folded. */
  #listener({ protocol, table, row, family, port, owner }: Row): MetricQuery | undefined {
    const address = localAddressOf(table, row);
    const labels = { protocol, family, address, port, ...owner };
    return this.#series.query('this listener', 'netstat_listener_info', labels);
  }

  #destination({ table, row, owner, state }: TcpRow): MetricQuery | undefined {
    this.#outbound ??= outboundConnections(blocksOf(this.#snapshot));
    if (!this.#outbound.has(table, row)) return undefined;
    const end = { remote_address: remoteAddressOf(table, row), remote_port: String(table.remotePort[row]) };
    return this.#series.query(
      'connections of the process to this destination in this state',
      'netstat_destination_tcp_connections',
      { ...owner, ...end, state },
      { ...IDENTITY_OF_OTHER, remote_address: OTHER, remote_port: OTHER, state },
    );
  }

  #ofProcess({ owner, state }: TcpRow): MetricQuery | undefined {
    return this.#series.query(
      'connections of the process in this state',
      'netstat_process_tcp_connections',
      { ...owner, state },
      { ...IDENTITY_OF_OTHER, state },
    );
  }

  /** A process that is shown has no age where too many connections wait to be closed: that of `_other` is not its own. */
  #oldestAge({ owner, state }: TcpRow): MetricQuery | undefined {
    const isShown = this.#series.has('netstat_process_tcp_connections', { ...owner, state });
    const shown = isShown ? owner : IDENTITY_OF_OTHER;
    return this.#series.query(
      'age of the oldest connection of the process in close_wait',
      'netstat_process_close_wait_oldest_seconds',
      shown,
      keyOf(shown) === KEY_OF_OTHER ? shown : undefined,
    );
  }

  #ephemeralUse({ protocol, table, row, family, owner }: Row): MetricQuery | undefined {
    if (this.#ephemeral().of(protocol, family)[table.localPort[row] as number] === 0) return undefined;
    return this.#series.query(
      'ephemeral ports that the process uses',
      'netstat_process_ephemeral_ports_used',
      { protocol, ...owner },
      { protocol, ...IDENTITY_OF_OTHER },
    );
  }

  #ephemeral(): EphemeralPorts {
    if (this.#ephemeralPorts !== undefined) return this.#ephemeralPorts;
    this.#ephemeralPorts = new EphemeralPorts();
    this.#ephemeralPorts.set(withConfiguredRange(this.#snapshot, this.#settings).ephemeralRanges);
    return this.#ephemeralPorts;
  }

  #ownerOf(pid: number): ProcessIdentity {
    const owner = this.#owners.get(pid) ?? identityOf(pid, this.#snapshot.processes?.get(pid), this.#settings);
    this.#owners.set(pid, owner);
    return owner;
  }
}
