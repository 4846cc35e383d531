// What is worth recording: few series a host, for boards of many hosts, federation and long-term stores.
import { ephemeralShare, oldestCloseWait, rate, retransmittedShare } from '../queries/expressions.ts';
import type { Promql } from '../queries/promql.ts';
import type { Recording } from './rule.ts';

export function recordings(promql: Promql): readonly Recording[] {
  return [...counts(promql), ...rates(promql), ...health(promql)];
}

function counts({ series, by }: Promql): readonly Recording[] {
  const tcp = series('netstat_process_tcp_connections');
  const udp = series('netstat_process_udp_endpoints');
  return [
    {
      labels: ['state'],
      metric: 'netstat_tcp_connections',
      operations: 'sum',
      purpose: 'TCP connections by state, of both families: what a host is busy with, over years',
      expr: `sum ${by('host', 'state')} (${series('netstat_tcp_connections')})`,
    },
    {
      labels: [],
      metric: 'netstat_udp_endpoints',
      operations: 'sum',
      purpose: 'UDP endpoints: steady growth is a leak',
      expr: `sum ${by('host')} (${series('netstat_udp_endpoints')})`,
    },
    {
      labels: ['process'],
      metric: 'netstat_process_endpoints',
      operations: 'sum',
      purpose: 'TCP and UDP endpoints by process, whatever its services and states: who has the most, over the fleet',
      expr: `sum ${by('host', 'process')} (${tcp} or ${udp})`,
    },
    {
      labels: ['protocol'],
      metric: 'netstat_listener_info',
      operations: 'count',
      purpose: 'listeners by protocol: a host that has more or fewer than its like',
      expr: `count ${by('host', 'protocol')} (${series('netstat_listener_info')})`,
    },
  ];
}

function rates({ series, by }: Promql): readonly Recording[] {
  const perSecond = (counter: string): string => `sum ${by('host')} (${rate(counter, '5m')})`;
  return [
    {
      labels: [],
      metric: 'netstat_tcp_active_opens',
      operations: 'rate5m',
      purpose: 'connections begun by the host, a second',
      expr: perSecond(series('netstat_tcp_active_opens_total')),
    },
    {
      labels: [],
      metric: 'netstat_tcp_passive_opens',
      operations: 'rate5m',
      purpose: 'connections begun by others, a second',
      expr: perSecond(series('netstat_tcp_passive_opens_total')),
    },
    {
      labels: [],
      metric: 'netstat_tcp_attempt_fails',
      operations: 'rate5m',
      purpose: 'connection attempts that failed, a second',
      expr: perSecond(series('netstat_tcp_attempt_fails_total')),
    },
    {
      labels: [],
      metric: 'netstat_tcp_established_resets',
      operations: 'rate5m',
      purpose: 'connections reset after they were established, a second',
      expr: perSecond(series('netstat_tcp_established_resets_total')),
    },
  ];
}

function health(promql: Promql): readonly Recording[] {
  const { by } = promql;
  return [
    {
      labels: [],
      metric: 'netstat_tcp_segments_retransmitted',
      operations: 'ratio_rate5m',
      purpose: 'segments retransmitted, as a share of those sent: 0 where nothing is sent',
      expr: retransmittedShare(promql, by('host'), '5m'),
    },
    {
      labels: ['protocol'],
      metric: 'netstat_ephemeral_ports_used',
      operations: 'max_ratio',
      purpose: 'share of the ephemeral ports in use, of the fuller family: how near the host is to port exhaustion',
      expr: ephemeralShare(promql, by('host', 'protocol')),
    },
    {
      labels: [],
      metric: 'netstat_process_close_wait_oldest_seconds',
      operations: 'max',
      purpose: 'age of the oldest connection in CLOSE_WAIT: 0 where there is none',
      expr: oldestCloseWait(promql, by('host')),
    },
  ];
}
