// The line of the inventory that tells which listeners came or went in the time that is shown.
import { BoolYesNo, PercentUnit } from '@grafana/grafana-foundation-sdk/units';
import type { Line } from '../../grafana/dashboard.ts';
import { table } from '../../grafana/tables.ts';
import type { Promql } from '../../queries/promql.ts';
import { hostColumn, portColumn, processColumn } from '../columns.ts';
import { chosenListeners } from './chosen.ts';
import { addressColumn, protocolColumn } from './columns.ts';

export function changes(promql: Promql): Line {
  const { series, by, on } = promql;
  const keys = by('host', 'protocol', 'address', 'port', 'process');
  // The greatest: several of the same name and port count once.
  const seen = `max ${keys} (count_over_time(${chosenListeners(promql)}[$__range]))`;
  // The listener that was there longest on a host has as many samples as there could be.
  const most = `max ${by('host')} (count_over_time(${series('netstat_listener_info')}[$__range]))`;
  return {
    title: 'What came and what went',
    height: 10,
    panels: [
      table({
        title: 'Listeners in the time shown',
        description:
          'All that were there in the time shown at the top right, the least seen first. 0 % missing: there all the time, as it should be. There now, and missing before: it is new, or was restarted. Not there now: it ended; find out whether it was meant to, in the log of the process.',
        keys: [
          hostColumn(promql, 200),
          protocolColumn(promql),
          addressColumn(promql, 230),
          portColumn(promql, 80),
          processColumn(promql, 'hosts', 260),
        ],
        values: [
          {
            header: 'Missing',
            widthPixels: 100,
            unit: PercentUnit,
            limits: { warning: 0.01 },
            expr: `1 - clamp_max(${seen} / ${on('host')} group_left () ${most}, 1)`,
          },
          {
            header: 'There now',
            widthPixels: 100,
            unit: BoolYesNo,
            expr: `group ${keys} (${chosenListeners(promql)}) or 0 * ${seen}`,
          },
        ],
        sortedBy: 'Missing',
      }),
    ],
  };
}
