// The oracle's statistics: the table of the metrics' contract, field by field.
import type { Snapshot } from '../../../src/model/snapshot.ts';
import type { TcpStatistics, UdpStatistics } from '../../../src/model/statistics.ts';
import type { Sample } from './samples.ts';

const TCP_METRICS = [
  ['netstat_tcp_active_opens_total', 'activeOpens', 1],
  ['netstat_tcp_passive_opens_total', 'passiveOpens', 1],
  ['netstat_tcp_attempt_fails_total', 'attemptFails', 1],
  ['netstat_tcp_established_resets_total', 'establishedResets', 1],
  ['netstat_tcp_segments_received_total', 'segmentsReceived', 1],
  ['netstat_tcp_segments_sent_total', 'segmentsSent', 1],
  ['netstat_tcp_segments_retransmitted_total', 'segmentsRetransmitted', 1],
  ['netstat_tcp_receive_errors_total', 'receiveErrors', 1],
  ['netstat_tcp_resets_sent_total', 'resetsSent', 1],
  ['netstat_tcp_current_established', 'currentEstablished', 1],
  ['netstat_tcp_current_connections', 'currentConnections', 1],
  ['netstat_tcp_max_connections', 'maxConnections', 1],
  ['netstat_tcp_rto_min_seconds', 'rtoMinMs', 1_000],
  ['netstat_tcp_rto_max_seconds', 'rtoMaxMs', 1_000],
] as const satisfies readonly (readonly [string, keyof TcpStatistics, number])[];

const UDP_METRICS = [
  ['netstat_udp_datagrams_received_total', 'datagramsReceived'],
  ['netstat_udp_datagrams_sent_total', 'datagramsSent'],
  ['netstat_udp_datagrams_no_port_total', 'datagramsNoPort'],
  ['netstat_udp_receive_errors_total', 'receiveErrors'],
  ['netstat_udp_receive_buffer_errors_total', 'receiveBufferErrors'],
  ['netstat_udp_send_buffer_errors_total', 'sendBufferErrors'],
  ['netstat_udp_current_endpoints', 'currentEndpoints'],
] as const satisfies readonly (readonly [string, keyof UdpStatistics])[];

const ALGORITHMS = ['other', 'constant', 'rsre', 'vanj', 'rfc2988'];

export function statisticsSamples(statistics: Snapshot['statistics']): readonly Sample[] {
  const { tcp4, tcp6, tcp, udp4, udp6 } = statistics;
  return [
    ...tcpSamples('ipv4', tcp4),
    ...tcpSamples('ipv6', tcp6),
    ...tcpSamples('all', tcp),
    ...udpSamples('ipv4', udp4),
    ...udpSamples('ipv6', udp6),
  ];
}

function tcpSamples(family: string, statistics: TcpStatistics = {}): readonly Sample[] {
  const samples: Sample[] = [];
  for (const [name, field, divisor] of TCP_METRICS) {
    const value = statistics[field];
    if (value !== undefined) samples.push({ name, labels: { family }, value: value / divisor });
  }
  const number = statistics.rtoAlgorithm;
  if (number !== undefined) {
    const algorithm = ALGORITHMS[number - 1] ?? String(number);
    samples.push({ name: 'netstat_tcp_rto_algorithm_info', labels: { family, algorithm }, value: 1 });
  }
  return samples;
}

function udpSamples(family: string, statistics: UdpStatistics = {}): readonly Sample[] {
  return UDP_METRICS.flatMap(([name, field]) => {
    const value = statistics[field];
    return value === undefined ? [] : [{ name, labels: { family }, value }];
  });
}
