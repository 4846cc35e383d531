// The first lines of the host overview: what to look at first, connections by state, and what became of them.
import { MappingType } from '@grafana/grafana-foundation-sdk/dashboard';
import { CountsPerSecond, LocaleFormat, PercentUnit, Seconds } from '@grafana/grafana-foundation-sdk/units';
import type { Line } from '../../grafana/dashboard.ts';
import { stat, timeseries } from '../../grafana/panels.ts';
import { STATE_COLORS } from '../../grafana/states.ts';
import { ephemeralShare, oldestCloseWait, rate, retransmittedShare } from '../../queries/expressions.ts';
import { not, type Promql } from '../../queries/promql.ts';

export function now(promql: Promql): Line {
  const { series } = promql;
  return {
    title: 'Now',
    height: 4,
    panels: [
      stat({
        title: 'Established',
        description: 'TCP connections that are open at both ends. Who holds them: the tables below.',
        unit: LocaleFormat,
        expr: `sum(${series('netstat_tcp_connections', { state: 'established' })})`,
      }),
      stat({
        title: 'UDP endpoints',
        description: 'Bound UDP sockets. Steady growth is a leak: see who, below.',
        unit: LocaleFormat,
        expr: `sum(${series('netstat_udp_endpoints')})`,
      }),
      stat({
        title: 'Ephemeral ports in use',
        description:
          'Share of the fullest ephemeral range. Near 100 % new outgoing connections fail, on Linux those to the destinations that have all the ports: find who has them on the dashboard of port exhaustion.',
        unit: PercentUnit,
        limits: { warning: 0.6, critical: 0.8 },
        expr: ephemeralShare(promql),
      }),
      stat({
        title: 'Oldest CLOSE_WAIT',
        description:
          'The other end has closed, and the program has not. Beyond some minutes this is a leak in the program: find it in the table of processes.',
        unit: Seconds,
        limits: { warning: 300, critical: 3600 },
        expr: oldestCloseWait(promql),
      }),
      stat({
        title: 'Retransmitted',
        description:
          'Segments that were retransmitted, as a share of those sent. Some percent come with a bad line or an overloaded receiver, or with peers that do not answer.',
        unit: PercentUnit,
        limits: { warning: 0.02, critical: 0.05 },
        expr: retransmittedShare(promql),
      }),
      stat({
        title: 'Collection',
        description:
          'Whether the last collection could read all parts. What could not be read is absent here, never 0: see the last section.',
        unit: LocaleFormat,
        mappings: [
          {
            type: MappingType.ValueToText,
            options: { '0': { text: 'parts failed', color: 'red' }, '1': { text: 'complete', color: 'green' } },
          },
        ],
        expr: `min(${series('netstat_exporter_collection_success')})`,
      }),
    ],
  };
}

export function connections({ series, by, legend }: Promql): Line {
  return {
    title: 'TCP connections',
    height: 9,
    panels: [
      timeseries({
        title: 'Connections by state',
        description:
          'All but listeners. time_wait is normal after a close; close_wait that stays is a leak here; syn_received in numbers is a scan, or a server that accepts too slowly; syn_sent are peers that do not answer.',
        unit: LocaleFormat,
        isStacked: true,
        colors: STATE_COLORS,
        queries: [
          {
            expr: `sum ${by('state')} (${series('netstat_tcp_connections', { state: not('listen') })})`,
            legend: legend('state'),
          },
        ],
      }),
      timeseries({
        title: 'Opened, failed and reset',
        description:
          'Connections begun by this host and by others; those refused, timed out or given up before they were established; those reset afterwards. Failures that follow the opened ones: look at the destinations on the dashboard of processes.',
        unit: CountsPerSecond,
        queries: [
          { legend: 'opened', expr: `sum(${rate(series('netstat_tcp_active_opens_total'))})` },
          { legend: 'accepted', expr: `sum(${rate(series('netstat_tcp_passive_opens_total'))})` },
          { legend: 'failed', expr: `sum(${rate(series('netstat_tcp_attempt_fails_total'))})` },
          { legend: 'reset', expr: `sum(${rate(series('netstat_tcp_established_resets_total'))})` },
        ],
        colors: { failed: 'red', reset: 'orange' },
      }),
    ],
  };
}
