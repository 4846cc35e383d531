// Columns that several tables of the inventory have, and those of no other dashboard.
import type { KeyColumn } from '../../grafana/tables.ts';
import type { Promql } from '../../queries/promql.ts';

export function protocolColumn({ label }: Promql): KeyColumn {
  return { header: 'Protocol', label: label('protocol'), widthPixels: 85 };
}

export function addressColumn({ label }: Promql, widthPixels: number): KeyColumn {
  return { header: 'Address', label: label('address'), widthPixels };
}
