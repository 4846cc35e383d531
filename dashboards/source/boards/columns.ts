// Columns that the tables of several dashboards have, with where a click on them leads.
import { linkTo } from '../grafana/links.ts';
import type { Limits } from '../grafana/panels.ts';
import type { KeyColumn, ValueColumn } from '../grafana/tables.ts';
import type { Promql } from '../queries/promql.ts';

/** A width of undefined: what the other columns leave. */
type Width = number | undefined;

/** To the overview of the host. */
export function hostColumn({ dialect }: Promql, widthPixels?: Width): KeyColumn {
  return {
    header: 'Host',
    label: dialect.hostLabel,
    url: linkTo(dialect, 'host-overview', { instance: 'Host' }),
    ...width(widthPixels),
  };
}

/** To the dashboard of the process: on the hosts chosen, or on that of the row. */
export function processColumn({ dialect, label }: Promql, on: 'hosts' | 'host', widthPixels?: Width): KeyColumn {
  const host = on === 'host' ? { instance: 'Host' } : {};
  return {
    header: 'Process',
    label: label('process'),
    url: linkTo(dialect, 'process', { ...host, process: 'Process' }),
    ...width(widthPixels),
  };
}

/** Many processes have none. */
export function servicesColumn({ label }: Promql, widthPixels?: Width): KeyColumn {
  return { header: 'Services', label: label('services'), mayBeEmpty: true, ...width(widthPixels) };
}

/** To who listens on this port. */
export function portColumn({ dialect, label }: Promql, widthPixels?: Width): KeyColumn {
  return {
    header: 'Port',
    label: label('port'),
    url: linkTo(dialect, 'inventory', { port: 'Port' }),
    ...width(widthPixels),
  };
}

/** The other end of connections; neither is there where destinations are folded, or not collected. */
export function remoteColumns({ label }: Promql, portWidthPixels: number): readonly [KeyColumn, KeyColumn] {
  return [
    { header: 'Remote address', label: label('remote_address'), mayBeEmpty: true },
    { header: 'Remote port', label: label('remote_port'), mayBeEmpty: true, widthPixels: portWidthPixels },
  ];
}

/** As netstat writes them, so that they are told from words. */
const STATE_HEADERS = {
  established: 'Established',
  syn_sent: 'SYN_SENT',
  syn_received: 'SYN_RECEIVED',
  close_wait: 'CLOSE_WAIT',
  fin_wait_2: 'FIN_WAIT_2',
  time_wait: 'TIME_WAIT',
  bound: 'Bound',
  listen: 'Listen',
} as const;

export type ShownState = keyof typeof STATE_HEADERS;

const STATE_LIMITS: Readonly<Partial<Record<ShownState, Limits>>> = {
  syn_received: { warning: 50, critical: 500 },
  close_wait: { warning: 10, critical: 100 },
};

/** How many there are in a state. */
export function stateColumn(state: ShownState, expr: string, widthPixels = 120): ValueColumn {
  const limits = STATE_LIMITS[state];
  return { header: STATE_HEADERS[state], widthPixels, expr, ...(limits && { limits }) };
}

function width(widthPixels: Width): { readonly widthPixels?: number } {
  return widthPixels === undefined ? {} : { widthPixels };
}
