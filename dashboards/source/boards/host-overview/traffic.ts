// The lines of the host overview on TCP segments and UDP datagrams.
import { PacketsPerSecond, PercentUnit } from '@grafana/grafana-foundation-sdk/units';
import type { Line } from '../../grafana/dashboard.ts';
import { timeseries } from '../../grafana/panels.ts';
import { rate, retransmittedShare } from '../../queries/expressions.ts';
import type { Promql } from '../../queries/promql.ts';

export function segments(promql: Promql): Line {
  const { series } = promql;
  return {
    title: 'TCP segments',
    height: 8,
    panels: [
      timeseries({
        title: 'Retransmitted share',
        description:
          'Segments that were retransmitted, as a share of those sent. On one host alone: its line or its load. On many at once: what is between them.',
        unit: PercentUnit,
        limits: { warning: 0.02, critical: 0.05 },
        queries: [
          {
            legend: 'retransmitted',
            expr: retransmittedShare(promql),
          },
        ],
      }),
      timeseries({
        title: 'Segments',
        description: 'Segments received, and sent without those that only repeat data.',
        unit: PacketsPerSecond,
        queries: [
          { legend: 'received', expr: `sum(${rate(series('netstat_tcp_segments_received_total'))})` },
          { legend: 'sent', expr: `sum(${rate(series('netstat_tcp_segments_sent_total'))})` },
        ],
      }),
      timeseries({
        title: 'Errors and resets sent',
        description:
          'Segments with an error, such as a wrong checksum: suspect the network card or its driver. Resets sent: somebody asks for ports that nobody listens on, or a program closes with data unread.',
        unit: PacketsPerSecond,
        queries: [
          { legend: 'received with an error', expr: `sum(${rate(series('netstat_tcp_receive_errors_total'))})` },
          { legend: 'resets sent', expr: `sum(${rate(series('netstat_tcp_resets_sent_total'))})` },
        ],
      }),
    ],
  };
}

export function udp({ series }: Promql): Line {
  return {
    title: 'UDP',
    height: 8,
    panels: [
      timeseries({
        title: 'Datagrams',
        description: 'Datagrams delivered to programs, and sent.',
        unit: PacketsPerSecond,
        queries: [
          { legend: 'received', expr: `sum(${rate(series('netstat_udp_datagrams_received_total'))})` },
          { legend: 'sent', expr: `sum(${rate(series('netstat_udp_datagrams_sent_total'))})` },
        ],
      }),
      timeseries({
        title: 'Datagrams lost on this host',
        description:
          'For a port that nobody has bound: a scan, or a server that is gone. Errors: mostly full buffers, which means that a program reads too slowly; Linux counts those by themselves, too.',
        unit: PacketsPerSecond,
        queries: [
          { legend: 'no port', expr: `sum(${rate(series('netstat_udp_datagrams_no_port_total'))})` },
          { legend: 'errors', expr: `sum(${rate(series('netstat_udp_receive_errors_total'))})` },
          {
            legend: 'receive buffer full (Linux)',
            expr: `sum(${rate(series('netstat_udp_receive_buffer_errors_total'))})`,
          },
          {
            legend: 'send buffer full (Linux)',
            expr: `sum(${rate(series('netstat_udp_send_buffer_errors_total'))})`,
          },
        ],
      }),
    ],
  };
}
