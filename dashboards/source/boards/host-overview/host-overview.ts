// The dashboard of one host: how its network is, and who is behind it.
import type { Dashboard } from '@grafana/grafana-foundation-sdk/dashboard';
import { dashboard } from '../../grafana/dashboard.ts';
import { hostMatchers } from '../../grafana/variables.ts';
import type { Dialect } from '../../queries/dialect.ts';
import { promqlOf } from '../../queries/promql.ts';
import { connections, now } from './connections.ts';
import { collection, delivery } from './health.ts';
import { ephemeral, owners } from './owners.ts';
import { segments, udp } from './traffic.ts';

export function hostOverview(dialect: Dialect): Dashboard {
  const promql = promqlOf(dialect, hostMatchers(dialect, 'one'));
  return dashboard({
    name: 'host-overview',
    description:
      'One host: its TCP connections and UDP endpoints, what fails, who holds the most, and whether all of it could be read.',
    dialect,
    lines: [
      now(promql),
      connections(promql),
      segments(promql),
      udp(promql),
      owners(promql),
      ephemeral(promql),
      collection(promql),
      delivery(promql),
    ],
  });
}
