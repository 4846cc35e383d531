// The lines of port exhaustion on the ranges: how full each is, and when it will be used up.
import { PercentUnit, Seconds } from '@grafana/grafana-foundation-sdk/units';
import type { Line } from '../../grafana/dashboard.ts';
import { timeseries } from '../../grafana/panels.ts';
import { table } from '../../grafana/tables.ts';
import { ephemeralShare } from '../../queries/expressions.ts';
import { hostColumn } from '../columns.ts';
import { DAY_SECONDS, secondsUntilFull } from './ports.ts';
import type { Scope } from './scope.ts';

export function fullness({ hosts }: Scope): Line {
  const { by, legend } = hosts;
  const ofRange = by('host', 'protocol', 'family');
  const range = `${legend('host')} ${legend('protocol')} ${legend('family')}`;
  return {
    title: 'How full are the ranges?',
    height: 8,
    panels: [
      timeseries({
        title: 'In use',
        description:
          'The ten fullest ranges. Up and down with the load is normal; what only goes up is a leak, and what stays near 100 % is the end: for UDP and for bind() on both systems, for TCP connections on Windows, on Linux for destinations that have all the ports.',
        unit: PercentUnit,
        softMax: 1,
        limits: { warning: 0.6, critical: 0.8 },
        queries: [{ expr: `topk(10, ${ephemeralShare(hosts, ofRange)})`, legend: range }],
      }),
      timeseries({
        title: 'Full in',
        description:
          'The ten ranges that are used up first, if they go on to fill as in the last quarter of an hour. The top, a day, stands for later than that, and for ranges that do not fill. A short dip is a burst; a line that falls and stays down asks for the process, below.',
        unit: Seconds,
        softMax: DAY_SECONDS,
        queries: [{ expr: `bottomk(10, min ${ofRange} (${secondsUntilFull(hosts)}))`, legend: range }],
      }),
    ],
  };
}

export function ranges({ hosts }: Scope): Line {
  const { series, by, on, label } = hosts;
  const ofRange = by('host', 'protocol', 'family');
  const used = `max ${ofRange} (${series('netstat_ephemeral_ports_used')})`;
  const ports = `max ${ofRange} (${series('netstat_ephemeral_port_range_ports')})`;
  const info = `max ${by('host', 'protocol', 'family', 'first', 'last', 'source')} (${series('netstat_ephemeral_port_range_info')})`;
  return {
    height: 8,
    panels: [
      table({
        title: 'Ranges',
        description:
          'What the OS hands out when a program chooses no port, and where that was learnt. assumed and default are no readings: give --collector.ephemeral.range where they are wrong. Reserved ports of Linux are not among the ports. Full in: by how it grew in the last 15 minutes. A socket of both families takes its port from both, and counts as ipv6 alone.',
        keys: [
          hostColumn(hosts),
          { header: 'Protocol', label: label('protocol'), widthPixels: 100 },
          { header: 'Family', label: label('family'), widthPixels: 90 },
          { header: 'First', label: label('first'), widthPixels: 90 },
          { header: 'Last', label: label('last'), widthPixels: 90 },
          { header: 'Source', label: label('source'), widthPixels: 100 },
        ],
        values: [
          {
            header: 'Ports',
            expr: `${info} * ${on('host', 'protocol', 'family')} group_left () ${ports}`,
            widthPixels: 100,
          },
          { header: 'Used', expr: used, widthPixels: 100 },
          {
            header: 'Share',
            expr: ephemeralShare(hosts, ofRange),
            unit: PercentUnit,
            limits: { warning: 0.6, critical: 0.8 },
            widthPixels: 100,
          },
          {
            header: 'Full in',
            expr: `min ${ofRange} (${secondsUntilFull(hosts)})`,
            unit: Seconds,
            limits: { warningBelow: 4 * 3600, criticalBelow: 1800 },
            widthPixels: 120,
          },
        ],
        sortedBy: 'Share',
      }),
    ],
  };
}
