// The lines of the fleet that show the ten worst hosts over time, by each of what goes wrong.
import { CountsPerSecond, LocaleFormat, PercentUnit } from '@grafana/grafana-foundation-sdk/units';
import type { Line } from '../../grafana/dashboard.ts';
import { timeseries } from '../../grafana/panels.ts';
import { ephemeralShare, rate, retransmittedShare } from '../../queries/expressions.ts';
import { not, type Promql } from '../../queries/promql.ts';

const WORST = 10;

export function load(promql: Promql): Line {
  const { series, by, legend } = promql;
  const worst = (expr: string) => [{ expr: `topk(${WORST}, ${expr})`, legend: legend('host') }];
  return {
    title: 'The worst over time',
    height: 8,
    panels: [
      timeseries({
        title: 'Ephemeral ports in use',
        description:
          'The ten hosts with the fullest range. With the load, up and down; one that climbs away from the others has a leak or a client without a pool.',
        unit: PercentUnit,
        softMax: 1,
        limits: { warning: 0.6, critical: 0.8 },
        queries: worst(ephemeralShare(promql, by('host'))),
      }),
      timeseries({
        title: 'CLOSE_WAIT',
        description:
          'The ten hosts with the most connections that wait for their program to close them. Some that come and go are normal; stairs that only go up are a leak.',
        unit: LocaleFormat,
        queries: worst(`sum ${by('host')} (${series('netstat_tcp_connections', { state: 'close_wait' })})`),
      }),
      timeseries({
        title: 'Connections',
        description:
          'The ten hosts with the most, in all states but listen. All at once: the load, or the balancer before them. One alone: see who, on its overview.',
        unit: LocaleFormat,
        queries: worst(`sum ${by('host')} (${series('netstat_tcp_connections', { state: not('listen') })})`),
      }),
    ],
  };
}

export function failures(promql: Promql): Line {
  const { series, by, legend } = promql;
  const worst = (expr: string) => [{ expr: `topk(${WORST}, ${expr})`, legend: legend('host') }];
  const perSecond = (counter: string): string => `sum ${by('host')} (${rate(counter)})`;
  return {
    height: 8,
    panels: [
      timeseries({
        title: 'Retransmitted',
        description:
          'Segments that were retransmitted, as a share of those sent: the ten worst hosts. One host alone: its line or its load; many at once: what is between them.',
        unit: PercentUnit,
        limits: { warning: 0.02, critical: 0.05 },
        queries: worst(retransmittedShare(promql, by('host'))),
      }),
      timeseries({
        title: 'Connections that failed',
        description:
          'Refused, timed out or given up before they were established, the ten hosts with the most. Many hosts at once: the server that they ask is down. Connections that got no port are not counted by the OS.',
        unit: CountsPerSecond,
        queries: worst(perSecond(series('netstat_tcp_attempt_fails_total'))),
      }),
      timeseries({
        title: 'Connections that were reset',
        description:
          'After they had been established, the ten hosts with the most. Some come with programs that close with data unread; many at once: a peer, a balancer or a firewall that ends them.',
        unit: CountsPerSecond,
        queries: worst(perSecond(series('netstat_tcp_established_resets_total'))),
      }),
    ],
  };
}
