// The dashboard of many hosts: which of them to look at first.
import type { Dashboard } from '@grafana/grafana-foundation-sdk/dashboard';
import { dashboard } from '../../grafana/dashboard.ts';
import { hostMatchers } from '../../grafana/variables.ts';
import type { Dialect } from '../../queries/dialect.ts';
import { promqlOf } from '../../queries/promql.ts';
import { exporters } from './exporters.ts';
import { hostTable } from './host-table.ts';
import { now } from './now.ts';
import { failures, load } from './worst.ts';

export function fleet(dialect: Dialect): Dashboard {
  const promql = promqlOf(dialect, hostMatchers(dialect));
  return dashboard({
    name: 'fleet',
    description:
      'Many hosts, the worst first; a click on a host leads to its overview. All is computed from what the hosts send: for some hundreds of hosts or more, rules.yaml has recorded forms of most of these expressions, which cost less.',
    dialect,
    lines: [now(promql), hostTable(promql), load(promql), failures(promql), exporters(promql)],
  });
}
