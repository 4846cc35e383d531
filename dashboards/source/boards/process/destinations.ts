// The line of the process dashboard that tells where the connections of the process go.
import type { Line } from '../../grafana/dashboard.ts';
import { table } from '../../grafana/tables.ts';
import { not, type Promql } from '../../queries/promql.ts';
import { hostColumn, remoteColumns, stateColumn } from '../columns.ts';
import { ofProcess } from './of-process.ts';

export function destinations(promql: Promql): Line {
  const { series, by, on } = promql;
  const process = ofProcess(promql, '$__range');
  const remote = ['host', 'remote_address', 'remote_port'] as const;
  const sum = (counted: string): string => `sum ${by(...remote)} (${counted})`;
  const all = sum(process.destinations());
  const perRemote = (counted: string, fallback: string): string =>
    `${counted} or 0 * ${all} or ${on('host')} (${fallback})`;
  const inState = (state: 'established' | 'syn_sent' | 'close_wait'): string =>
    perRemote(sum(process.destinations(state)), process.tcpByHost(state));
  const resting = series('netstat_destination_tcp_connections', { process: '_none', state: 'time_wait' });
  const restingThere = `${sum(resting)} and ${on(...remote)} ${process.destinations()}`;
  return {
    title: 'Where its connections go',
    height: 8,
    panels: [
      table({
        title: 'Destinations',
        description:
          'Connections that this host opened, by their other end. SYN_SENT: that end does not answer. TIME_WAIT has no process: these are all that anybody has left towards this end. A row of dashes has all connections of the process: destinations are only counted with --collector.destination.enable, or it opened none there.',
        keys: [hostColumn(promql, 200), ...remoteColumns(promql, 120)],
        values: [
          {
            header: 'All',
            widthPixels: 90,
            expr: `${all} or ${on('host')} (${process.tcpByHost(not('listen'))})`,
          },
          stateColumn('established', inState('established')),
          stateColumn('syn_sent', inState('syn_sent')),
          stateColumn('close_wait', inState('close_wait')),
          stateColumn('time_wait', perRemote(restingThere, process.tcpByHost('time_wait'))),
        ],
        sortedBy: 'All',
      }),
    ],
  };
}
