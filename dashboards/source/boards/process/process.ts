// The dashboard of one process image: what it has, on one host or many.
import type { Dashboard } from '@grafana/grafana-foundation-sdk/dashboard';
import { dashboard } from '../../grafana/dashboard.ts';
import { hostMatchers } from '../../grafana/variables.ts';
import type { Dialect } from '../../queries/dialect.ts';
import { promqlOf } from '../../queries/promql.ts';
import { destinations } from './destinations.ts';
import { holdings } from './holdings.ts';
import { accepted, listeners } from './listening.ts';
import { now } from './now.ts';
import { connections, sockets } from './over-time.ts';

export function processDrillDown(dialect: Dialect): Dashboard {
  const promql = promqlOf(dialect, hostMatchers(dialect));
  return dashboard({
    name: 'process',
    description:
      'One process image on one or many hosts: its connections, listeners, ports and destinations. _none has what no process owns any more, _unknown what the exporter may not see, _other what its limits fold.',
    dialect,
    lines: [
      now(promql),
      connections(promql),
      sockets(promql),
      holdings(promql),
      destinations(promql),
      listeners(promql),
      accepted(promql),
    ],
  });
}
