// Columns that several tables of the inventory have.
import { linkTo } from '../../grafana/links.ts';
import type { KeyColumn } from '../../grafana/tables.ts';
import type { Promql } from '../../queries/promql.ts';

/** A click leads to the overview of the host. */
export function hostColumn({ dialect }: Promql, widthPixels: number): KeyColumn {
  return {
    header: 'Host',
    label: dialect.hostLabel,
    widthPixels,
    url: linkTo(dialect, 'host-overview', { instance: 'Host' }),
  };
}

/** A click leads to the dashboard of the process. */
export function processColumn({ dialect, label }: Promql, widthPixels: number): KeyColumn {
  return {
    header: 'Process',
    label: label('process'),
    widthPixels,
    url: linkTo(dialect, 'process', { process: 'Process' }),
  };
}

/** A click shows all that listen on this port. */
export function portColumn({ dialect, label }: Promql): KeyColumn {
  return {
    header: 'Port',
    label: label('port'),
    widthPixels: 80,
    url: linkTo(dialect, 'inventory', { port: 'Port' }),
  };
}

export function protocolColumn({ label }: Promql): KeyColumn {
  return { header: 'Protocol', label: label('protocol'), widthPixels: 85 };
}

export function addressColumn({ label }: Promql, widthPixels: number): KeyColumn {
  return { header: 'Address', label: label('address'), widthPixels };
}

export function servicesColumn({ label }: Promql): KeyColumn {
  return { header: 'Services', label: label('services') };
}
