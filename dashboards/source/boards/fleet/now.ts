// The first line of the fleet: how many hosts there are, and how many of them are in trouble.
import { LocaleFormat } from '@grafana/grafana-foundation-sdk/units';
import type { Line } from '../../grafana/dashboard.ts';
import { stat } from '../../grafana/panels.ts';
import { ephemeralShare, oldestCloseWait } from '../../queries/expressions.ts';
import type { Promql } from '../../queries/promql.ts';

/** For how many hosts a comparison holds: 0 where for none. */
function hostsWhere(expr: string, comparison: string, value: number): string {
  return `sum((${expr}) ${comparison} bool ${value})`;
}

export function now(promql: Promql): Line {
  const { series, by } = promql;
  const ofHost = by('host');
  const timestamp = series('netstat_exporter_collection_timestamp_seconds');
  const seen = `group ${ofHost} (present_over_time(${timestamp}[$__range]))`;
  const there = `group ${ofHost} (${timestamp})`;
  return {
    title: 'Now',
    height: 4,
    panels: [
      stat({
        title: 'Hosts',
        description: 'Hosts whose exporter is there, whether it can read its host or not.',
        unit: LocaleFormat,
        expr: `count(${there})`,
      }),
      stat({
        title: 'Fell silent',
        description:
          'Hosts that were there in the shown time and are not now: switched off, or the exporter or the way to it is down. Normally 0. Which ones: sort the table below by age.',
        unit: LocaleFormat,
        limits: { critical: 1 },
        expr: `count(${seen} unless ${there}) or 0 * count(${seen})`,
      }),
      stat({
        title: 'Collection incomplete',
        description:
          'Hosts where the last collection could not read all parts: what is missing is absent, never 0. The table below tells which, its host overview the part, its log the reason.',
        unit: LocaleFormat,
        limits: { critical: 1 },
        expr: hostsWhere(`min ${ofHost} (${series('netstat_exporter_collection_success')})`, '==', 0),
      }),
      stat({
        title: 'Ports above 80 %',
        description:
          'Hosts with a range that is used up to more than 80 %: near 100 % new connections fail, on Linux those to the destinations that have all the ports. The dashboard of port exhaustion tells when, and who has the ports.',
        unit: LocaleFormat,
        limits: { critical: 1 },
        expr: hostsWhere(ephemeralShare(promql, ofHost), '>', 0.8),
      }),
      stat({
        title: 'CLOSE_WAIT for an hour',
        description:
          'Hosts with a connection that its program has not closed for more than an hour after the other end did: a leak. The dashboard of port exhaustion and leaks tells the process.',
        unit: LocaleFormat,
        limits: { warning: 1 },
        expr: hostsWhere(oldestCloseWait(promql, ofHost), '>', 3600),
      }),
      stat({
        title: 'Exporter versions',
        description: 'Normally 1, and 2 while a new one is rolled out. Which there are: the table at the bottom.',
        unit: LocaleFormat,
        expr: `count(group ${by('version')} (${series('netstat_exporter_build_info')}))`,
      }),
    ],
  };
}
