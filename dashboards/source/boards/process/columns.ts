// Columns that several tables of the process dashboard have.
import { linkTo } from '../../grafana/links.ts';
import type { Limits } from '../../grafana/panels.ts';
import type { KeyColumn, ValueColumn } from '../../grafana/tables.ts';
import type { Promql } from '../../queries/promql.ts';

/** A click leads to the overview of the host. */
export function hostColumn({ dialect }: Promql): KeyColumn {
  const url = linkTo(dialect, 'host-overview', { instance: 'Host' });
  return { header: 'Host', label: dialect.hostLabel, widthPixels: 200, url };
}

/** As netstat writes them, so that they are told from words. */
const HEADERS = {
  established: 'Established',
  syn_sent: 'SYN_SENT',
  syn_received: 'SYN_RECEIVED',
  close_wait: 'CLOSE_WAIT',
  fin_wait_2: 'FIN_WAIT_2',
  time_wait: 'TIME_WAIT',
} as const;

export type ShownState = keyof typeof HEADERS;

const LIMITS: Readonly<Partial<Record<ShownState, Limits>>> = {
  syn_received: { warning: 50, critical: 500 },
  close_wait: { warning: 10, critical: 100 },
};

/** The column of a state. */
export function stateColumn(state: ShownState, expr: string): ValueColumn {
  const limits = LIMITS[state];
  return { header: HEADERS[state], widthPixels: 120, expr, ...(limits === undefined ? {} : { limits }) };
}
