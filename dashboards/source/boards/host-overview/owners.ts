// The lines of the host overview that tell who holds what.
import { LocaleFormat, PercentUnit } from '@grafana/grafana-foundation-sdk/units';
import type { MetricName } from '../../../../src/metrics/catalogue.ts';
import type { Line } from '../../grafana/dashboard.ts';
import { timeseries } from '../../grafana/panels.ts';
import { table } from '../../grafana/tables.ts';
import { ephemeralShare, orZero, wasRead } from '../../queries/expressions.ts';
import { not, type Promql } from '../../queries/promql.ts';
import { portColumn, processColumn, servicesColumn, stateColumn } from '../columns.ts';

export function owners(promql: Promql): Line {
  const { series, by, on } = promql;
  const ofProcess = by('process', 'services');
  const tcp = series('netstat_process_tcp_connections', { state: 'established' });
  const udp = series('netstat_process_udp_endpoints');
  // A process that is not counted has none, if what would tell it could be read.
  const perProcess = (counted: string, name: MetricName): string =>
    `sum ${ofProcess} (${counted}) or 0 * sum ${ofProcess} (${tcp} or ${udp}) and ${on()} ${wasRead(promql, name)}`;
  const processTcp = (state: string): string =>
    perProcess(series('netstat_process_tcp_connections', { state }), 'netstat_process_tcp_connections');
  const listening = series('netstat_port_tcp_connections', { port: not('_other'), state: 'listen' });
  const portTcp = (state: string): string =>
    orZero(
      `sum ${by('port')} (${series('netstat_port_tcp_connections', { port: not('_other'), state })})`,
      listening,
      by('port'),
    );
  return {
    title: 'Who holds them',
    height: 11,
    panels: [
      [
        14,
        table({
          title: 'Processes',
          description:
            '_none has no process any more, mostly TIME_WAIT; _unknown needs more privilege; _other is what the limits hide. An empty cell could not be read. A click on a process leads to its dashboard.',
          keys: [processColumn(promql, 'hosts'), servicesColumn(promql)],
          values: [
            stateColumn('established', processTcp('established'), 90),
            stateColumn('close_wait', processTcp('close_wait'), 100),
            stateColumn('listen', processTcp('listen'), 70),
            {
              header: 'UDP',
              expr: perProcess(udp, 'netstat_process_udp_endpoints'),
              widthPixels: 70,
            },
            {
              header: 'Ephemeral',
              expr: perProcess(series('netstat_process_ephemeral_ports_used'), 'netstat_process_ephemeral_ports_used'),
              widthPixels: 90,
            },
          ],
          sortedBy: 'Established',
        }),
      ],
      [
        10,
        table({
          title: 'Listening ports',
          description: 'Connections by the local port that they were accepted on. A click on a port tells who listens.',
          keys: [portColumn(promql)],
          values: [
            stateColumn('listen', portTcp('listen'), 70),
            stateColumn('established', portTcp('established'), 90),
            stateColumn('syn_received', portTcp('syn_received'), 110),
            stateColumn('time_wait', portTcp('time_wait'), 90),
          ],
          sortedBy: 'Established',
        }),
      ],
    ],
  };
}

export function ephemeral(promql: Promql): Line {
  const { series, by, legend } = promql;
  return {
    title: 'Ephemeral ports',
    height: 8,
    panels: [
      timeseries({
        title: 'In use',
        description:
          'Share of the ephemeral range in use, the fuller of IPv4 and IPv6. What the limit really is differs: docs/port-exhaustion.md.',
        unit: PercentUnit,
        softMax: 1,
        limits: { warning: 0.6, critical: 0.8 },
        queries: [
          {
            expr: ephemeralShare(promql, by('protocol')),
            legend: legend('protocol'),
          },
        ],
      }),
      timeseries({
        title: 'Who has them',
        description:
          'The ten processes with the most ephemeral ports. Much at _none: opened and closed too fast, the ports rest in TIME_WAIT.',
        unit: LocaleFormat,
        queries: [
          {
            expr: `topk(10, sum ${by('protocol', 'process')} (${series('netstat_process_ephemeral_ports_used')}))`,
            legend: `${legend('process')} ${legend('protocol')}`,
          },
        ],
      }),
    ],
  };
}
