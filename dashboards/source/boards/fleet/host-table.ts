// The line of the fleet with a row for each host.
import { CountsPerSecond, PercentUnit, Seconds } from '@grafana/grafana-foundation-sdk/units';
import type { Line } from '../../grafana/dashboard.ts';
import { table, type ValueColumn } from '../../grafana/tables.ts';
import { ephemeralShare, oldestCloseWait, rate, retransmittedShare } from '../../queries/expressions.ts';
import type { Promql } from '../../queries/promql.ts';
import { hostColumn } from '../columns.ts';

/** Of the rates in the table: long enough for a push each minute. */
const WINDOW = '5m';

export function hostTable(promql: Promql): Line {
  const { label } = promql;
  return {
    title: 'Host by host',
    height: 12,
    panels: [
      table({
        title: 'Hosts, the fullest range first',
        description:
          'Look at what is not green: fullest range and oldest CLOSE_WAIT on the dashboard of port exhaustion, the rest on the overview of the host. Retransmitted, failed, reset: of one host alone its own trouble, of many what is between them. SYN_RECEIVED: a scan, or a slow server. UDP no port: datagrams that nobody waits for. An age in red, and empty cells: the host fell silent. Rates are those of the last five minutes.',
        keys: [hostColumn(promql), { header: 'Platform', label: label('platform'), widthPixels: 100 }],
        values: [age(promql), ...usage(promql), ...failures(promql), partsFailed(promql)],
        sortedBy: 'Ephemeral',
      }),
    ],
  };
}

/**
 * Of all hosts that were there in the shown time. Also says the platform: a host that has changed its platform since has a
 * row for each.
 */
function age({ series, by, on }: Promql): ValueColumn {
  const build = series('netstat_exporter_build_info');
  const timestamp = series('netstat_exporter_collection_timestamp_seconds');
  const platform = `max ${by('host', 'platform')} (present_over_time(${build}[$__range]))`;
  const seconds = `time() - max ${by('host')} (max_over_time(${timestamp}[$__range]))`;
  return {
    header: 'Age',
    expr: `${platform} * ${on('host')} group_left () (${seconds})`,
    unit: Seconds,
    // A push each minute, of a snapshot that is as old as the interval of collecting, is in order.
    limits: { warning: 120, critical: 300 },
    widthPixels: 70,
  };
}

function usage(promql: Promql): readonly ValueColumn[] {
  const { series, by } = promql;
  const ofHost = by('host');
  return [
    {
      header: 'Ephemeral',
      expr: ephemeralShare(promql, ofHost),
      unit: PercentUnit,
      limits: { warning: 0.6, critical: 0.8 },
      widthPixels: 95,
    },
    {
      header: 'CLOSE_WAIT age',
      expr: oldestCloseWait(promql, ofHost),
      unit: Seconds,
      limits: { warning: 300, critical: 3600 },
      widthPixels: 130,
    },
    {
      header: 'Established',
      expr: `sum ${ofHost} (${series('netstat_tcp_connections', { state: 'established' })})`,
      widthPixels: 100,
    },
    {
      header: 'SYN_RECEIVED',
      expr: `sum ${ofHost} (${series('netstat_tcp_connections', { state: 'syn_received' })})`,
      limits: { warning: 50, critical: 500 },
      widthPixels: 120,
    },
  ];
}

function failures(promql: Promql): readonly ValueColumn[] {
  const { series, by } = promql;
  const ofHost = by('host');
  return [
    {
      header: 'Retransmitted',
      expr: retransmittedShare(promql, ofHost, WINDOW),
      unit: PercentUnit,
      limits: { warning: 0.02, critical: 0.05 },
      widthPixels: 95,
    },
    {
      header: 'Failed',
      expr: `sum ${ofHost} (${rate(series('netstat_tcp_attempt_fails_total'), WINDOW)})`,
      unit: CountsPerSecond,
      widthPixels: 75,
    },
    {
      header: 'Reset',
      expr: `sum ${ofHost} (${rate(series('netstat_tcp_established_resets_total'), WINDOW)})`,
      unit: CountsPerSecond,
      widthPixels: 75,
    },
    {
      header: 'UDP no port',
      expr: `sum ${ofHost} (${rate(series('netstat_udp_datagrams_no_port_total'), WINDOW)})`,
      unit: CountsPerSecond,
      widthPixels: 80,
    },
  ];
}

function partsFailed({ series, by }: Promql): ValueColumn {
  return {
    header: 'Parts failed',
    expr: `sum ${by('host')} (1 - ${series('netstat_exporter_collection_success')})`,
    limits: { critical: 1 },
    widthPixels: 95,
  };
}
