// The lines of the process dashboard that tell how what the process has changes, and on which host.
import { LocaleFormat, PercentUnit, Seconds } from '@grafana/grafana-foundation-sdk/units';
import type { Line } from '../../grafana/dashboard.ts';
import { timeseries } from '../../grafana/panels.ts';
import { STATE_COLORS } from '../../grafana/states.ts';
import { orZero, wasRead } from '../../queries/expressions.ts';
import { matches, not, type Promql } from '../../queries/promql.ts';
import { ofProcess } from './of-process.ts';

export function connections(promql: Promql): Line {
  const { series, by, on, legend } = promql;
  const { tcp, tcpByHost, oldestCloseWait, endpoints } = ofProcess(promql);
  // Each process that has connections has these two states.
  const readByState = series('netstat_process_tcp_connections', { state: matches('established|close_wait') });
  const tcpThere = `${endpoints} and ${on('host')} ${series('netstat_process_tcp_connections')}`;
  return {
    title: 'TCP connections',
    height: 9,
    panels: [
      timeseries({
        title: 'Connections by state',
        description:
          'All but listeners, of all chosen hosts. close_wait that stays is a leak here; syn_sent are peers that do not answer; syn_received in numbers is a scan, or a server that accepts too slowly. time_wait has no owner: it is in the process _none.',
        unit: LocaleFormat,
        isStacked: true,
        colors: STATE_COLORS,
        queries: [
          {
            expr: orZero(`sum ${by('state')} (${tcp(not('listen'))})`, readByState, by('state')),
            legend: legend('state'),
          },
        ],
      }),
      timeseries({
        title: 'Connections by host',
        description:
          'All but listeners, on the ten hosts where it has the most. Hosts of one kind should be alike: one that is far above has the leak, or the load that the others should share.',
        unit: LocaleFormat,
        queries: [{ expr: `topk(10, ${tcpByHost(not('listen'))})`, legend: legend('host') }],
      }),
      timeseries({
        title: 'Oldest CLOSE_WAIT by host',
        description:
          'The ten hosts with the oldest. A line that rises with the time is a connection that nobody closes; it ends with the process, and begins anew when the exporter restarts.',
        unit: Seconds,
        limits: { warning: 300, critical: 3600 },
        queries: [
          {
            expr: `topk(10, ${orZero(`max ${by('host')} (${oldestCloseWait})`, tcpThere, by('host'))})`,
            legend: legend('host'),
          },
        ],
      }),
    ],
  };
}

export function sockets(promql: Promql): Line {
  const { series, by, on, legend } = promql;
  const { udp, ephemeralPorts, endpoints } = ofProcess(promql);
  const udpThere = `${endpoints} and ${on('host')} ${wasRead(promql, 'netstat_process_udp_endpoints')}`;
  const portsRead = `${on('host')} ${wasRead(promql, 'netstat_process_ephemeral_ports_used')}`;
  const portsThere = `${series('netstat_ephemeral_ports_used')} and ${on('host')} ${endpoints} and ${portsRead}`;
  const range = by('host', 'protocol');
  const ports = orZero(`sum ${range} (${ephemeralPorts})`, portsThere, range);
  const portsInRange = `min ${range} (${series('netstat_ephemeral_port_range_ports')})`;
  return {
    title: 'Ports and sockets',
    height: 9,
    panels: [
      timeseries({
        title: 'UDP endpoints',
        description:
          'Bound UDP sockets, on the ten hosts where it has the most. DNS servers have thousands; elsewhere steady growth is a leak: sockets that are not closed after the answer.',
        unit: LocaleFormat,
        queries: [
          {
            expr: `topk(10, ${orZero(`sum ${by('host')} (${udp})`, udpThere, by('host'))})`,
            legend: legend('host'),
          },
        ],
      }),
      timeseries({
        title: 'Ephemeral ports by host',
        description:
          'Distinct ports in the ephemeral range, the ten largest numbers. They go up and down with the work of a client; where they only grow, connections or sockets are not closed.',
        unit: LocaleFormat,
        queries: [{ expr: `topk(10, ${ports})`, legend: `${legend('host')} ${legend('protocol')}` }],
      }),
      timeseries({
        title: 'Share of the ephemeral range',
        description:
          'These ports as a share of the range of IPv4 or IPv6, whichever is smaller. Above 60 % this process alone nears port exhaustion: on Windows for the whole host, on Linux towards one destination. See docs/port-exhaustion.md.',
        unit: PercentUnit,
        softMax: 1,
        limits: { warning: 0.6, critical: 0.8 },
        queries: [
          { expr: `topk(10, (${ports}) / ${portsInRange})`, legend: `${legend('host')} ${legend('protocol')}` },
        ],
      }),
    ],
  };
}
