// The snapshot: everything read from a host at one instant, with the errors of what could not be read.

import type { EphemeralRange } from './ephemeral.ts';
import type { Processes } from './processes.ts';
import {
  type AddressFamily,
  copyTcpTable,
  copyUdpTable,
  type Protocol,
  type TcpTable,
  type UdpTable,
} from './sockets.ts';
import type { TcpStatistics, UdpStatistics } from './statistics.ts';

export const OPERATING_SYSTEMS = ['windows', 'linux'] as const;
export type OperatingSystem = (typeof OPERATING_SYSTEMS)[number];

/** A part is one table, statistics call or look-up that succeeds or fails for itself. */
export const PARTS = [
  'tcp4',
  'tcp6',
  'udp4',
  'udp6',
  'tcp4_statistics',
  'tcp6_statistics',
  'tcp_statistics',
  'udp4_statistics',
  'udp6_statistics',
  'tcp_bound',
  'processes',
  'services',
  'ephemeral_range',
] as const;
export type Part = (typeof PARTS)[number];

/** Why a part could not be read. `code` is short and from a small set (`EACCES`, `122`, `0xC0000001`, `malformed`): it becomes a label. */
export interface PartError {
  readonly code: string;
  /** What was tried, on what, what came back, and what to do about it where that is known. One line. */
  readonly message: string;
}

export interface PartReport {
  readonly durationMs: number;
  /** Absent when the part was read. Data that lacks something may be there all the same: a table without its owners. */
  readonly error?: PartError;
  /** Says that a lesser way had to be taken, and why; what was read is complete all the same. */
  readonly fallback?: string;
}

/**
 * Immutable once made. `parts` says what was tried: a part that the host does not have is absent there.
 * The data says what may be shown: a table is there only if it is complete. The two differ on Linux, where IPv4-mapped
 * endpoints come with the tcp6 table, so that `tables.tcp4` cannot be complete when reading tcp6 failed.
 */
export interface Snapshot {
  readonly os: OperatingSystem;
  /** When reading began, in milliseconds of Unix time. */
  readonly timestampMs: number;
  /** When the host started and its counters began, in milliseconds of Unix time. */
  readonly bootTimeMs: number;
  readonly parts: Readonly<Partial<Record<Part, PartReport>>>;
  readonly tables: {
    readonly tcp4?: TcpTable;
    readonly tcp6?: TcpTable;
    readonly udp4?: UdpTable;
    readonly udp6?: UdpTable;
  };
  /** Whether the tables hold the `bound` endpoints too; not every version of an OS tells them. */
  readonly hasBound: boolean;
  readonly statistics: {
    readonly tcp4?: TcpStatistics;
    readonly tcp6?: TcpStatistics;
    /** Both families in one, where the OS keeps no two (Linux). */
    readonly tcp?: TcpStatistics;
    readonly udp4?: UdpStatistics;
    readonly udp6?: UdpStatistics;
  };
  /** Absent when the processes could not be read. */
  readonly processes?: Processes;
  /** Absent when the ranges could not be read. */
  readonly ephemeralRanges?: readonly EphemeralRange[];
}

/** What a snapshot calls a table. The part that reads it has the same name. */
export function tableName<P extends Protocol>(protocol: P, family: AddressFamily): `${P}${4 | 6}` {
  return `${protocol}${family === 'ipv4' ? 4 : 6}`;
}

/** A snapshot whose tables are its own: the memory of those that it was copied from may be used again. */
export function copySnapshot(snapshot: Snapshot): Snapshot {
  const { tcp4, tcp6, udp4, udp6 } = snapshot.tables;
  return {
    ...snapshot,
    tables: {
      ...(tcp4 && { tcp4: copyTcpTable(tcp4) }),
      ...(tcp6 && { tcp6: copyTcpTable(tcp6) }),
      ...(udp4 && { udp4: copyUdpTable(udp4) }),
      ...(udp6 && { udp6: copyUdpTable(udp6) }),
    },
  };
}
