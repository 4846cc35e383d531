// The lines of port exhaustion on leaks: sockets that only get more, and closes that do not end.
import { LocaleFormat, Seconds } from '@grafana/grafana-foundation-sdk/units';
import type { Line } from '../../grafana/dashboard.ts';
import { timeseries } from '../../grafana/panels.ts';
import { table } from '../../grafana/tables.ts';
import { among, oldestCloseWait } from '../../queries/expressions.ts';
import { matches } from '../../queries/promql.ts';
import { hostColumn, processColumn, servicesColumn, stateColumn } from '../columns.ts';
import { udpOfProcess } from './ports.ts';
import type { Scope } from './scope.ts';

export function growing({ processes }: Scope): Line {
  const { series, by, on } = processes;
  const ofProcess = by('host', 'process', 'services');
  const closeWait = series('netstat_process_tcp_connections', { state: 'close_wait' });
  const established = series('netstat_process_tcp_connections', { state: 'established' });
  const udp = series('netstat_process_udp_endpoints');
  const open = series('netstat_process_tcp_connections', { state: matches('established|close_wait') });
  const sum = (expr: string): string => `sum ${ofProcess} (${expr})`;
  // What has ended in the shown time is no leak: only those that are there.
  const growth = (...gauges: readonly string[]): string =>
    `round(${sum(gauges.map((gauge) => `delta(${gauge}[$__range])`).join(' or '))}) and ${sum(gauges.join(' or '))}`;
  const grown = growth(open, udp);
  const ofMost = (expr: string): string => among(expr, on('host', 'process', 'services'), grown);
  return {
    title: 'Leaks',
    height: 10,
    panels: [
      table({
        title: 'What grows',
        description:
          'How many sockets more (+) each process has than at the beginning of the shown time, the hundred that grew most. With the load they come and go; show some hours, and what only grows is a leak: in CLOSE_WAIT always, since only the program can end it. Restart the process, then have it close on end of file and on errors. Old CLOSE_WAIT is a leak even where nothing grows.',
        keys: [hostColumn(processes), processColumn(processes, 'host', 160), servicesColumn(processes, 120)],
        values: [
          { header: '+ Sockets', expr: ofMost(grown), widthPixels: 95 },
          stateColumn('close_wait', ofMost(sum(closeWait)), 105),
          { header: '+ CLOSE_WAIT', expr: ofMost(growth(closeWait)), widthPixels: 120 },
          {
            header: 'Oldest',
            expr: ofMost(oldestCloseWait(processes, ofProcess)),
            unit: Seconds,
            limits: { warning: 300, critical: 3600 },
            widthPixels: 85,
          },
          stateColumn('established', ofMost(sum(established)), 100),
          { header: '+ Established', expr: ofMost(growth(established)), widthPixels: 115 },
          { header: 'UDP', expr: ofMost(sum(udp)), widthPixels: 65 },
          { header: '+ UDP', expr: ofMost(growth(udp)), widthPixels: 75 },
        ],
        sortedBy: '+ Sockets',
      }),
    ],
  };
}

export function leaks({ hosts, processes }: Scope): Line {
  const { series, by, legend } = processes;
  const ofProcess = by('host', 'process');
  const name = `${legend('host')} ${legend('process')}`;
  const closeWait = series('netstat_process_tcp_connections', { state: 'close_wait' });
  return {
    height: 8,
    panels: [
      timeseries({
        title: 'CLOSE_WAIT by process',
        description:
          'The ten processes with the most connections that the other end has closed and they have not. Some that come and go are normal; stairs that only go up are a leak, which no setting of the OS ends.',
        unit: LocaleFormat,
        queries: [{ expr: `topk(10, sum ${ofProcess} (${closeWait}))`, legend: name }],
      }),
      timeseries({
        title: 'Oldest CLOSE_WAIT by process',
        description:
          'How long the oldest has been there, as far as the exporter has seen; 0 where there is none. A busy process stays at seconds; a straight line upwards is a connection that nobody will close.',
        unit: Seconds,
        limits: { warning: 300, critical: 3600 },
        queries: [{ expr: `topk(10, ${oldestCloseWait(processes, ofProcess)})`, legend: name }],
      }),
      timeseries({
        title: 'UDP endpoints by process',
        description:
          'The ten processes with the most. Level lines are normal, of thousands too: the DNS server of Windows keeps 2,500. Growth without an end is a leak: close sockets after the answer or the timeout.',
        unit: LocaleFormat,
        queries: [{ expr: `topk(10, ${udpOfProcess(processes, hosts)})`, legend: name }],
      }),
    ],
  };
}

export function unfinished({ hosts, processes }: Scope): Line {
  const closing = hosts.series('netstat_tcp_connections', { state: matches('fin_wait_1|fin_wait_2|closing|last_ack') });
  const established = processes.series('netstat_process_tcp_connections', { state: 'established' });
  return {
    height: 8,
    panels: [
      timeseries({
        title: 'Established by process',
        description:
          'The ten processes with the most. It should follow the load, and come down at night: a level that only rises is a pool without a limit, or connections that nobody closes.',
        unit: LocaleFormat,
        queries: [
          {
            expr: `topk(10, sum ${processes.by('host', 'process')} (${established}))`,
            legend: `${processes.legend('host')} ${processes.legend('process')}`,
          },
        ],
      }),
      timeseries({
        title: 'Closes that do not end',
        description:
          'By host and state, the ten greatest. Normally near 0. fin_wait_2: the other end leaks CLOSE_WAIT, so look there. last_ack, fin_wait_1 and closing: the other end does not answer any more, or a firewall has forgotten the connection.',
        unit: LocaleFormat,
        queries: [
          {
            expr: `topk(10, sum ${hosts.by('host', 'state')} (${closing}))`,
            legend: `${hosts.legend('host')} ${hosts.legend('state')}`,
          },
        ],
      }),
    ],
  };
}
