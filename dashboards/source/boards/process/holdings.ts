// The line of the process dashboard that tells what the process has on each host, by the services in it.
import { Seconds } from '@grafana/grafana-foundation-sdk/units';
import type { Line } from '../../grafana/dashboard.ts';
import { table } from '../../grafana/tables.ts';
import { orZero, wasRead } from '../../queries/expressions.ts';
import type { Promql } from '../../queries/promql.ts';
import { hostColumn, servicesColumn, stateColumn } from '../columns.ts';
import { ofProcess } from './of-process.ts';

export function holdings(promql: Promql): Line {
  const { series, by, on } = promql;
  const { tcp, udp, ephemeralPorts, oldestCloseWait, endpoints } = ofProcess(promql, '$__range');
  const group = by('host', 'services');
  const where = (read: string): string => `${endpoints} and ${on('host')} ${read}`;
  const tcpRead = where(series('netstat_process_tcp_connections'));
  const sumOfTcp = (state: string): string => orZero(`sum ${group} (${tcp(state)})`, tcpRead, group);
  return {
    title: 'On each host',
    height: 7,
    panels: [
      table({
        title: 'By host and services',
        description:
          'What the process has on each host; a process that hosts Windows services, or runs in systemd units, has a row for each set of them. Hosts of one kind should be alike. All 0: it was there in the time shown, and holds nothing now. An empty cell could not be read.',
        keys: [hostColumn(promql, 200), servicesColumn(promql)],
        values: [
          stateColumn('established', sumOfTcp('established')),
          stateColumn('close_wait', sumOfTcp('close_wait')),
          {
            header: 'Oldest CLOSE_WAIT',
            widthPixels: 150,
            unit: Seconds,
            limits: { warning: 300, critical: 3600 },
            expr: orZero(`max ${group} (${oldestCloseWait})`, tcpRead, group),
          },
          stateColumn('syn_sent', sumOfTcp('syn_sent')),
          { header: 'Listen', widthPixels: 80, expr: sumOfTcp('listen') },
          {
            header: 'UDP',
            widthPixels: 80,
            expr: orZero(`sum ${group} (${udp})`, where(wasRead(promql, 'netstat_process_udp_endpoints')), group),
          },
          {
            header: 'Ephemeral',
            widthPixels: 100,
            expr: orZero(
              `sum ${group} (${ephemeralPorts})`,
              where(wasRead(promql, 'netstat_process_ephemeral_ports_used')),
              group,
            ),
          },
        ],
        sortedBy: 'Established',
      }),
    ],
  };
}
