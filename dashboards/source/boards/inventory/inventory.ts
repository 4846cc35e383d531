// The dashboard of what listens: on which hosts, addresses and ports, and what came and went.
import type { Dashboard } from '@grafana/grafana-foundation-sdk/dashboard';
import { dashboard } from '../../grafana/dashboard.ts';
import { hostMatchers } from '../../grafana/variables.ts';
import type { Dialect } from '../../queries/dialect.ts';
import { promqlOf } from '../../queries/promql.ts';
import { changes } from './changes.ts';
import { listeners } from './listeners.ts';
import { now } from './now.ts';
import { overTime } from './over-time.ts';
import { tcpPorts, udpAndFleet } from './ports.ts';

export function inventory(dialect: Dialect): Dashboard {
  const promql = promqlOf(dialect, hostMatchers(dialect));
  return dashboard({
    name: 'inventory',
    description:
      'What listens on one or many hosts: the process behind each port, who can reach it, who is connected, and what came or went. On a large fleet choose the hosts first.',
    dialect,
    lines: [now(promql), overTime(promql), listeners(promql), tcpPorts(promql), udpAndFleet(promql), changes(promql)],
  });
}
