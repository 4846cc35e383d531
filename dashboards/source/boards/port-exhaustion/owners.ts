// The lines of port exhaustion that tell who has the ports, and in which state.
import { LocaleFormat, PercentUnit } from '@grafana/grafana-foundation-sdk/units';
import type { Line } from '../../grafana/dashboard.ts';
import { timeseries } from '../../grafana/panels.ts';
import { STATE_COLORS } from '../../grafana/states.ts';
import { table } from '../../grafana/tables.ts';
import { among } from '../../queries/expressions.ts';
import { not } from '../../queries/promql.ts';
import { hostColumn, processColumn, servicesColumn, stateColumn } from '../columns.ts';
import { connectionsOfProcess, portsOfProcess, shareOfProcess } from './ports.ts';
import type { Scope } from './scope.ts';

export function owners({ hosts, processes }: Scope): Line {
  const { on } = processes;
  const ports = portsOfProcess(processes, hosts, 'services');
  const ofMost = (expr: string): string => among(expr, on('host', 'process', 'services'), ports);
  const inState = (state: string): string => ofMost(connectionsOfProcess(processes, hosts, state));
  return {
    title: 'Who has the ports, and in which state?',
    height: 10,
    panels: [
      table({
        title: 'Processes',
        description:
          'The hundred with the most ephemeral ports; the connections beside them are all that the process has, accepted ones too. _none has no process any more: much there means opened and closed too fast, use keep-alive or a pool. Much established: a pool without a limit. Much CLOSE_WAIT: a leak. Much bound: sockets that were bound and not closed. An empty cell could not be read.',
        keys: [hostColumn(processes, 180), processColumn(processes, 'host', 180), servicesColumn(processes)],
        values: [
          { header: 'Ports', expr: ofMost(ports), widthPixels: 90 },
          {
            header: 'Of the range',
            expr: ofMost(`${shareOfProcess(processes, hosts)} or 0 * (${ports})`),
            unit: PercentUnit,
            limits: { warning: 0.6, critical: 0.8 },
            widthPixels: 115,
          },
          stateColumn('established', inState('established'), 110),
          stateColumn('time_wait', inState('time_wait'), 110),
          stateColumn('close_wait', inState('close_wait'), 115),
          stateColumn('bound', inState('bound'), 85),
        ],
        sortedBy: 'Ports',
      }),
    ],
  };
}

export function overTime({ hosts, processes }: Scope): Line {
  const { series, by } = hosts;
  const connections = series('netstat_port_tcp_connections', { state: not('listen') });
  const outgoing = series('netstat_port_tcp_connections', { port: '_other', state: not('listen') });
  return {
    height: 8,
    panels: [
      timeseries({
        title: 'Ports by process',
        description:
          'The ten processes with the most ephemeral ports, of both protocols. The line that climbs is the one to ask; _none climbs where connections are opened and closed too fast.',
        unit: LocaleFormat,
        queries: [
          {
            expr: `topk(10, ${portsOfProcess(processes, hosts)})`,
            legend: `${hosts.legend('host')} ${hosts.legend('process')}`,
          },
        ],
      }),
      timeseries({
        title: 'Outgoing connections by state',
        description:
          'Connections over local ports that nobody listens on (or that the limit of ports folds), of all processes: these take the ports. time_wait goes by itself, after 60 s on Linux and four minutes on Windows; established and close_wait do not.',
        unit: LocaleFormat,
        isStacked: true,
        colors: STATE_COLORS,
        queries: [
          // Without any outgoing connection, what the listened ports have says which states there are.
          {
            expr: `sum ${by('state')} (${outgoing}) or 0 * sum ${by('state')} (${connections})`,
            legend: hosts.legend('state'),
          },
        ],
      }),
    ],
  };
}
