// What the lines of port exhaustion ask about.
import { choosing, hostMatchers } from '../../grafana/variables.ts';
import type { Dialect } from '../../queries/dialect.ts';
import { type Promql, promqlOf } from '../../queries/promql.ts';

export interface Scope {
  /** The hosts chosen. */
  readonly hosts: Promql;
  /** The processes chosen, on these hosts: only for metrics with the label. */
  readonly processes: Promql;
}

export function scopeOf(dialect: Dialect): Scope {
  const hosts = hostMatchers(dialect);
  const processes = [...hosts, `${dialect.label('process')}${choosing('many', 'process')}`];
  return { hosts: promqlOf(dialect, hosts), processes: promqlOf(dialect, processes) };
}
