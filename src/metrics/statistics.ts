// The MIB counters as samples, one by one as the OS keeps them.

import type { Snapshot } from '../model/snapshot.ts';
import type { TcpStatistics, UdpStatistics } from '../model/statistics.ts';
import type { MetricNameOf } from './catalogue.ts';
import type { FamilyBuilder } from './samples.ts';

type StatisticsName = Exclude<MetricNameOf<'statistics'>, 'netstat_tcp_rto_algorithm_info'>;
type Reader<Statistics> = (statistics: Statistics) => number | undefined;

const TCP: Readonly<Record<Extract<StatisticsName, `netstat_tcp_${string}`>, Reader<TcpStatistics>>> = {
  netstat_tcp_active_opens_total: (tcp) => tcp.activeOpens,
  netstat_tcp_passive_opens_total: (tcp) => tcp.passiveOpens,
  netstat_tcp_attempt_fails_total: (tcp) => tcp.attemptFails,
  netstat_tcp_established_resets_total: (tcp) => tcp.establishedResets,
  netstat_tcp_segments_received_total: (tcp) => tcp.segmentsReceived,
  netstat_tcp_segments_sent_total: (tcp) => tcp.segmentsSent,
  netstat_tcp_segments_retransmitted_total: (tcp) => tcp.segmentsRetransmitted,
  netstat_tcp_receive_errors_total: (tcp) => tcp.receiveErrors,
  netstat_tcp_resets_sent_total: (tcp) => tcp.resetsSent,
  netstat_tcp_current_established: (tcp) => tcp.currentEstablished,
  netstat_tcp_current_connections: (tcp) => tcp.currentConnections,
  netstat_tcp_max_connections: (tcp) => tcp.maxConnections,
  netstat_tcp_rto_min_seconds: (tcp) => seconds(tcp.rtoMinMs),
  netstat_tcp_rto_max_seconds: (tcp) => seconds(tcp.rtoMaxMs),
};

const UDP: Readonly<Record<Extract<StatisticsName, `netstat_udp_${string}`>, Reader<UdpStatistics>>> = {
  netstat_udp_datagrams_received_total: (udp) => udp.datagramsReceived,
  netstat_udp_datagrams_sent_total: (udp) => udp.datagramsSent,
  netstat_udp_datagrams_no_port_total: (udp) => udp.datagramsNoPort,
  netstat_udp_receive_errors_total: (udp) => udp.receiveErrors,
  netstat_udp_receive_buffer_errors_total: (udp) => udp.receiveBufferErrors,
  netstat_udp_send_buffer_errors_total: (udp) => udp.sendBufferErrors,
  netstat_udp_current_endpoints: (udp) => udp.currentEndpoints,
};

/** RFC 4022, tcpRtoAlgorithm. */
export const RTO_ALGORITHMS: Readonly<Record<number, string>> = {
  1: 'other',
  2: 'constant',
  3: 'rsre',
  4: 'vanj',
  5: 'rfc2988',
};

/** Adds a sample for each counter that the host keeps and that was read. */
export function addStatistics(snapshot: Snapshot, families: FamilyBuilder): void {
  const { tcp, tcp4, tcp6, udp4, udp6 } = snapshot.statistics;
  addFamilies(families, TCP, { all: tcp, ipv4: tcp4, ipv6: tcp6 });
  for (const [family, statistics] of Object.entries({ all: tcp, ipv4: tcp4, ipv6: tcp6 })) {
    const number = statistics?.rtoAlgorithm;
    if (number === undefined) continue;
    families.add('netstat_tcp_rto_algorithm_info', { family, algorithm: RTO_ALGORITHMS[number] ?? String(number) }, 1);
  }
  addFamilies(families, UDP, { ipv4: udp4, ipv6: udp6 });
}

/** Metric by metric and then family by family, so that a metric's samples stand together. */
function addFamilies<Statistics>(
  families: FamilyBuilder,
  readers: Readonly<Record<string, Reader<Statistics>>>,
  statisticsByFamily: Readonly<Record<string, Statistics | undefined>>,
): void {
  for (const [name, read] of Object.entries(readers)) {
    for (const [family, statistics] of Object.entries(statisticsByFamily)) {
      const value = statistics && read(statistics);
      if (value !== undefined) families.add(name as StatisticsName, { family }, value);
    }
  }
}

function seconds(ms: number | undefined): number | undefined {
  return ms === undefined ? undefined : ms / 1000;
}
