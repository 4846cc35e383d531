// The columnar socket tables: one typed array a column, no object a row.

export const ADDRESS_FAMILIES = ['ipv4', 'ipv6'] as const;
export type AddressFamily = (typeof ADDRESS_FAMILIES)[number];

export const PROTOCOLS = ['tcp', 'udp'] as const;
export type Protocol = (typeof PROTOCOLS)[number];

/** Owner of an endpoint that no process owns any more: TIME_WAIT on Windows, inode 0 on Linux. */
export const NO_PID = 0;
/** Owner of an endpoint that has one which could not be found. No OS gives a process this id. */
export const UNKNOWN_PID = 0xffff_ffff;

/** How many 32-bit words one address takes in an address column. */
export const ADDRESS_WORDS = { ipv4: 1, ipv6: 4 } as const satisfies Record<AddressFamily, number>;

/**
 * What TCP and UDP tables have in common. Every column has at least `length` rows; what lies beyond `length` is slack.
 * Addresses are kept as the OS gives them: in network byte order in memory, ADDRESS_WORDS[family] words a row.
 */
interface SocketTable {
  readonly family: AddressFamily;
  /** Number of rows. */
  readonly length: number;
  readonly localAddress: Uint32Array<ArrayBuffer>;
  /** Interface index of a link-local address, host byte order, 0 for none. Always 0 in an ipv4 table. */
  readonly localScope: Uint32Array<ArrayBuffer>;
  readonly localPort: Uint16Array<ArrayBuffer>;
  /** The owning process, or NO_PID, or UNKNOWN_PID. */
  readonly pid: Uint32Array<ArrayBuffer>;
}

export interface TcpTable extends SocketTable {
  /** Index into TCP_STATES. */
  readonly state: Uint8Array<ArrayBuffer>;
  /** 0 for a listener, like remotePort and remoteScope: an OS may leave garbage there, a source may not. */
  readonly remoteAddress: Uint32Array<ArrayBuffer>;
  readonly remoteScope: Uint32Array<ArrayBuffer>;
  readonly remotePort: Uint16Array<ArrayBuffer>;
  /** What tells a socket from a later one between the same ends (Linux: the inode), 0 for none. Absent where the OS tells nothing. */
  readonly socketId?: Uint32Array<ArrayBuffer>;
}

export interface UdpTable extends SocketTable {}

/** New columns get this share of room on top, so that the next table of a growing host fits into them. */
const SLACK = 1 / 8;
/** Columns with more room than this many times what is needed are let go. */
const MAX_ROOM = 4;

/**
 * A TCP table of `length` rows for a parser to fill. `spent` is a table of the same family that nobody looks at any more:
 * its columns are used again where they fit, with whatever stands in them. New columns are zero.
 */
export function createTcpTable(family: AddressFamily, length: number, spent?: TcpTable): TcpTable {
  if (spent !== undefined && fits(spent, length)) return { ...spent, length };
  const rows = withSlack(length);
  return {
    ...createColumns(family, length, rows),
    state: new Uint8Array(rows),
    remoteAddress: new Uint32Array(rows * ADDRESS_WORDS[family]),
    remoteScope: new Uint32Array(rows),
    remotePort: new Uint16Array(rows),
  };
}

/** The same for UDP. */
export function createUdpTable(family: AddressFamily, length: number, spent?: UdpTable): UdpTable {
  return spent !== undefined && fits(spent, length)
    ? { ...spent, length }
    : createColumns(family, length, withSlack(length));
}

/** The table with `length` rows: those it has, and more for a parser to fill, with whatever stands in them. */
export function growTcpTable(table: TcpTable, length: number): TcpTable {
  if (length <= table.pid.length) return { ...table, length };
  const grown = createTcpTable(table.family, length);
  grown.state.set(table.state);
  grown.localAddress.set(table.localAddress);
  grown.localScope.set(table.localScope);
  grown.localPort.set(table.localPort);
  grown.remoteAddress.set(table.remoteAddress);
  grown.remoteScope.set(table.remoteScope);
  grown.remotePort.set(table.remotePort);
  grown.pid.set(table.pid);
  return grown;
}

/** A table of its own memory, without the slack: what it was copied from may be used again. */
export function copyTcpTable(table: TcpTable): TcpTable {
  const { family, length, socketId } = table;
  return {
    ...copyUdpTable(table),
    state: table.state.slice(0, length),
    remoteAddress: table.remoteAddress.slice(0, length * ADDRESS_WORDS[family]),
    remoteScope: table.remoteScope.slice(0, length),
    remotePort: table.remotePort.slice(0, length),
    ...(socketId && { socketId: socketId.slice(0, length) }),
  };
}

/** The same for UDP. */
export function copyUdpTable({ family, length, localAddress, localScope, localPort, pid }: UdpTable): UdpTable {
  return {
    family,
    length,
    localAddress: localAddress.slice(0, length * ADDRESS_WORDS[family]),
    localScope: localScope.slice(0, length),
    localPort: localPort.slice(0, length),
    pid: pid.slice(0, length),
  };
}

function createColumns(family: AddressFamily, length: number, rows: number): UdpTable {
  return {
    family,
    length,
    localAddress: new Uint32Array(rows * ADDRESS_WORDS[family]),
    localScope: new Uint32Array(rows),
    localPort: new Uint16Array(rows),
    pid: new Uint32Array(rows),
  };
}

function fits(spent: UdpTable, length: number): boolean {
  const room = spent.pid.length;
  return room >= length && room <= MAX_ROOM * withSlack(length);
}

function withSlack(length: number): number {
  return Math.ceil(length * (1 + SLACK));
}
