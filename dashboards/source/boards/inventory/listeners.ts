// The lines of the inventory that tell who listens where: on which hosts, at which addresses.
import { BoolYesNo } from '@grafana/grafana-foundation-sdk/units';
import type { Line } from '../../grafana/dashboard.ts';
import { table } from '../../grafana/tables.ts';
import { orZero } from '../../queries/expressions.ts';
import type { Promql } from '../../queries/promql.ts';
import { hostColumn, portColumn, processColumn, servicesColumn } from '../columns.ts';
import { chosenListeners, NOT_LOOPBACK } from './chosen.ts';
import { addressColumn, protocolColumn } from './columns.ts';

export function listeners(promql: Promql): Line {
  const { by, label } = promql;
  const keys = by('host', 'protocol', 'family', 'address', 'port', 'process', 'services');
  const outside = `group ${keys} (${chosenListeners(promql, { address: NOT_LOOPBACK })})`;
  return {
    title: 'Who listens',
    height: 12,
    panels: [
      table({
        title: 'Listeners',
        description:
          'All that listen now; choose a port to see which hosts do. From outside: others reach it, unless a firewall forbids that. Each of those should have a reason; a click on the process tells who is connected. _unknown: the exporter may not see the owner (on Linux, give it CAP_SYS_PTRACE).',
        keys: [
          hostColumn(promql, 190),
          protocolColumn(promql),
          { header: 'Family', label: label('family'), widthPixels: 75 },
          addressColumn(promql, 230),
          portColumn(promql, 80),
          processColumn(promql, 'hosts', 220),
          servicesColumn(promql),
        ],
        values: [
          {
            header: 'From outside',
            widthPixels: 115,
            unit: BoolYesNo,
            expr: orZero(outside, chosenListeners(promql), keys),
          },
        ],
        sortedBy: 'From outside',
      }),
    ],
  };
}
