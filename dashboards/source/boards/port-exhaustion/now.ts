// The first line of port exhaustion: what to look at first.
import { MappingType } from '@grafana/grafana-foundation-sdk/dashboard';
import { LocaleFormat, PercentUnit, Seconds } from '@grafana/grafana-foundation-sdk/units';
import type { Line } from '../../grafana/dashboard.ts';
import { stat } from '../../grafana/panels.ts';
import { ephemeralShare, oldestCloseWait, rate } from '../../queries/expressions.ts';
import { destinationShare } from './destinations.ts';
import { DAY_SECONDS, openedShare, portsLeft, secondsUntilFull } from './ports.ts';
import type { Scope } from './scope.ts';

export function now({ hosts, processes }: Scope): Line {
  const opened = `sum ${hosts.by('host')} (${rate(hosts.series('netstat_tcp_active_opens_total'))})`;
  return {
    title: 'Now',
    height: 4,
    panels: [
      stat({
        title: 'Fullest range',
        description:
          'Ephemeral ports in use, as a share of the fullest range of all hosts. Near 100 % new connections fail, on Linux those to the destinations that have all the ports: see below which range it is, and who has the ports.',
        unit: PercentUnit,
        limits: { warning: 0.6, critical: 0.8 },
        expr: ephemeralShare(hosts),
      }),
      stat({
        title: 'First range full in',
        description:
          'When the first range is used up, if it goes on to fill as in the last quarter of an hour. A day stands for a day or more, and for a range that does not fill: that is normal. Minutes: find the process below, and restart it if nothing else helps.',
        unit: Seconds,
        limits: { warningBelow: 4 * 3600, criticalBelow: 1800 },
        mappings: [{ type: MappingType.ValueToText, options: { [DAY_SECONDS]: { text: 'not soon', color: 'green' } } }],
        expr: `min(${secondsUntilFull(hosts)})`,
      }),
      stat({
        title: 'Fewest ports left',
        description:
          'Ports that nobody has, in the range with the fewest. A burst of so many new connections uses it up.',
        unit: LocaleFormat,
        limits: { warningBelow: 2000, criticalBelow: 500 },
        expr: `min(${portsLeft(hosts)})`,
      }),
      stat({
        title: 'Busiest destination',
        description:
          'Connections to one destination, as a share of the TCP range: on Linux this is the limit itself. Destinations are collected with --collector.destination.enable; without it, this is the share of the whole range, which none of them can exceed.',
        unit: PercentUnit,
        limits: { warning: 0.6, critical: 0.8 },
        expr: `max(${destinationShare(hosts)})`,
      }),
      stat({
        title: 'Highest pace of opening',
        description:
          'Connections opened in a second, as a share of the rate that fills the range when each port rests in TIME_WAIT afterwards: 60 s on Linux, four minutes on Windows. Above 100 % only reuse of ports, or many destinations on Linux, keep the range from filling.',
        unit: PercentUnit,
        limits: { warning: 0.6, critical: 1 },
        expr: `max(${openedShare(hosts, opened)})`,
      }),
      stat({
        title: 'Oldest CLOSE_WAIT',
        description:
          'The other end has closed, and the program has not. Seconds are normal; beyond some minutes this is a leak in the program: the tables of leaks tell which one.',
        unit: Seconds,
        limits: { warning: 300, critical: 3600 },
        expr: oldestCloseWait(processes),
      }),
    ],
  };
}
