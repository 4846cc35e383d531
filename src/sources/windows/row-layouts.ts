// The rows of all socket tables in the model's terms: which member is which column, and where it is.

import { inWords, LAYOUTS } from './layouts.ts';

/** Where the rows of a table are. */
interface TableLayout {
  /** The C struct of the table, for an error. */
  readonly table: string;
  readonly firstRowBytes: number;
  readonly rowBytes: number;
  /** firstRowBytes in 32-bit words. */
  readonly firstRow: number;
  /** rowBytes in 32-bit words. */
  readonly rowWords: number;
}

/** Each column is where it starts in the row, in 32-bit words. The older tables tell no owner. */
export interface Udp4RowLayout extends TableLayout {
  readonly localAddress: number;
  readonly localPort: number;
  readonly pid?: number;
}

export interface Udp6RowLayout extends Udp4RowLayout {
  readonly localScope: number;
}

export interface Tcp4RowLayout extends Udp4RowLayout {
  readonly state: number;
  readonly remoteAddress: number;
  readonly remotePort: number;
}

export interface Tcp6RowLayout extends Tcp4RowLayout {
  readonly localScope: number;
  readonly remoteScope: number;
}

type RowLayout = Extract<(typeof LAYOUTS)[keyof typeof LAYOUTS], { readonly table: object }>;

/** A row whose `columns` are the members named there. */
function row<L extends RowLayout, Column extends string>(
  layout: L,
  columns: Readonly<Record<Column, keyof L['fields']>>,
): TableLayout & Readonly<Record<Column, number>> {
  const { size, firstRow, fields } = inWords(layout);
  const offsets = Object.entries<keyof L['fields']>(columns).map(([column, member]) => [column, fields[member]]);
  return {
    ...(Object.fromEntries(offsets) as Readonly<Record<Column, number>>),
    table: layout.table.name,
    firstRowBytes: layout.table.firstRow,
    rowBytes: layout.size,
    firstRow,
    rowWords: size,
  };
}

const OWNER = { pid: 'dwOwningPid' } as const;
const UDP4 = { localAddress: 'dwLocalAddr', localPort: 'dwLocalPort' } as const;
const TCP4 = { ...UDP4, state: 'dwState', remoteAddress: 'dwRemoteAddr', remotePort: 'dwRemotePort' } as const;
const IPV6_PORTS = { localScope: 'dwLocalScopeId', localPort: 'dwLocalPort' } as const;
const TCP6_ENDS = {
  ...IPV6_PORTS,
  localAddress: 'LocalAddr',
  remoteAddress: 'RemoteAddr',
  remoteScope: 'dwRemoteScopeId',
  remotePort: 'dwRemotePort',
  state: 'State',
} as const;

/** What GetExtendedTcpTable and GetExtendedUdpTable give. */
export const TCP4_OWNER_PID_ROW: Tcp4RowLayout = row(LAYOUTS.MIB_TCPROW_OWNER_PID, { ...TCP4, ...OWNER });
export const TCP6_OWNER_PID_ROW: Tcp6RowLayout = row(LAYOUTS.MIB_TCP6ROW_OWNER_PID, {
  ...TCP6_ENDS,
  ...OWNER,
  localAddress: 'ucLocalAddr',
  remoteAddress: 'ucRemoteAddr',
  state: 'dwState',
});
export const UDP4_OWNER_PID_ROW: Udp4RowLayout = row(LAYOUTS.MIB_UDPROW_OWNER_PID, { ...UDP4, ...OWNER });
export const UDP6_OWNER_PID_ROW: Udp6RowLayout = row(LAYOUTS.MIB_UDP6ROW_OWNER_PID, {
  ...IPV6_PORTS,
  ...OWNER,
  localAddress: 'ucLocalAddr',
});

/** What GetTcpTable, GetTcp6Table, GetUdpTable and GetUdp6Table give: no owners. */
export const TCP4_ROW: Tcp4RowLayout = row(LAYOUTS.MIB_TCPROW, TCP4);
export const TCP6_ROW: Tcp6RowLayout = row(LAYOUTS.MIB_TCP6ROW, TCP6_ENDS);
export const UDP4_ROW: Udp4RowLayout = row(LAYOUTS.MIB_UDPROW, UDP4);
export const UDP6_ROW: Udp6RowLayout = row(LAYOUTS.MIB_UDP6ROW, { ...IPV6_PORTS, localAddress: 'dwLocalAddr' });

/** What InternalGetBoundTcpEndpointTable and InternalGetBoundTcp6EndpointTable give. */
export const BOUND_TCP4_ROW: Tcp4RowLayout = row(LAYOUTS.MIB_TCPROW2, { ...TCP4, ...OWNER });
export const BOUND_TCP6_ROW: Tcp6RowLayout = row(LAYOUTS.MIB_TCP6ROW2, { ...TCP6_ENDS, ...OWNER });
