// The line of port exhaustion that tells where the connections go; where destinations are not collected, how many there are.
import { PercentUnit } from '@grafana/grafana-foundation-sdk/units';
import type { Line } from '../../grafana/dashboard.ts';
import { timeseries } from '../../grafana/panels.ts';
import { table } from '../../grafana/tables.ts';
import { among } from '../../queries/expressions.ts';
import { not, type Promql } from '../../queries/promql.ts';
import { hostColumn, remoteColumns, stateColumn } from '../columns.ts';
import type { Scope } from './scope.ts';

/** In the place of a remote address, where they are not collected. */
const ALL_TOGETHER = 'all together';

/**
 * What a destination's connections are of the TCP range. Where destinations are not collected, what all ports in use are of
 * it: no destination has more.
 */
export function destinationShare(hosts: Promql): string {
  const { series, by, on } = hosts;
  const tcp = { protocol: 'tcp' } as const;
  const connections = `sum ${by('host', 'remote_address', 'remote_port')} (${series('netstat_destination_tcp_connections')})`;
  const range = `max ${by('host')} (${series('netstat_ephemeral_port_range_ports', tcp)})`;
  const inUse = `max ${by('host')} (${series('netstat_ephemeral_ports_used', tcp)} / ${series('netstat_ephemeral_port_range_ports', tcp)})`;
  return orAllTogether(hosts, `${connections} / ${on('host')} group_left () ${range}`, inUse);
}

/** The connections to a destination in a state, or in all: of all processes, since those in TIME_WAIT have none. */
function destinationConnections(hosts: Promql, state?: string): string {
  const { series, by } = hosts;
  const destination = by('host', 'remote_address', 'remote_port');
  const any = not('listen');
  const inState = state ?? any;
  const to = (condition: typeof inState): string =>
    `sum ${destination} (${series('netstat_destination_tcp_connections', { state: condition })})`;
  const outgoing = (condition: typeof inState): string =>
    `sum ${by('host')} (${series('netstat_port_tcp_connections', { port: '_other', state: condition })})`;
  const read = `sum ${by('host')} (${series('netstat_port_tcp_connections', { state: 'established' })})`;
  return orAllTogether(hosts, `${to(inState)} or 0 * ${to(any)}`, `${outgoing(inState)} or 0 * ${read}`);
}

function orAllTogether({ on, label }: Promql, ofDestinations: string, ofHosts: string): string {
  return `${ofDestinations} or ${on('host')} label_replace(${ofHosts}, "${label('remote_address')}", "${ALL_TOGETHER}", "", "")`;
}

export function destinations({ hosts }: Scope): Line {
  const { on, legend } = hosts;
  const connections = destinationConnections(hosts);
  const ofMost = (expr: string): string => among(expr, on('host', 'remote_address', 'remote_port'), connections);
  return {
    title: 'Where to?',
    height: 10,
    panels: [
      [
        16,
        table({
          title: 'Destinations',
          description:
            'The hundred with the most connections, whatever process is chosen: what rests in TIME_WAIT has none. On Linux a destination at 100 % of the range gets no further connection; on Windows all of them together fill it. They are collected with --collector.destination.enable: without it a host has one row, all together, with the share of the whole range, which none can exceed. _other, or nothing, is what the limit folds.',
          keys: [hostColumn(hosts, 150), ...remoteColumns(hosts, 100)],
          values: [
            { header: 'Connections', expr: ofMost(connections), widthPixels: 110 },
            {
              header: 'Of the range',
              expr: ofMost(destinationShare(hosts)),
              unit: PercentUnit,
              limits: { warning: 0.6, critical: 0.8 },
              widthPixels: 110,
            },
            stateColumn('established', ofMost(destinationConnections(hosts, 'established')), 105),
            stateColumn('time_wait', ofMost(destinationConnections(hosts, 'time_wait')), 105),
          ],
          sortedBy: 'Connections',
        }),
      ],
      [
        8,
        timeseries({
          title: "One destination's share of the ports",
          description:
            'The ten busiest destinations; on Linux 100 % is the end for connections to it, from one local address. Without --collector.destination.enable there is one line for each host, all together, which no destination can exceed.',
          unit: PercentUnit,
          limits: { warning: 0.6, critical: 0.8 },
          queries: [
            {
              expr: `topk(10, ${destinationShare(hosts)})`,
              legend: `${legend('host')} ${legend('remote_address')} ${legend('remote_port')}`,
            },
          ],
        }),
      ],
    ],
  };
}
