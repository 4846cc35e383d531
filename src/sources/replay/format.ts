// The recording format, version 1: JSON Lines, so that a person can read it and a damaged file names its line.

import type { EphemeralRangeSource } from '../../model/ephemeral.ts';
import type { OperatingSystem, Part, PartReport, Snapshot } from '../../model/snapshot.ts';
import type { AddressFamily, Protocol } from '../../model/sockets.ts';
import type { TcpState } from '../../model/states.ts';
import type { TcpStatistics, UdpStatistics } from '../../model/statistics.ts';

export const FORMAT = 'netstat-exporter recording';
export const VERSION = 1;

/** First line. */
export interface HeaderLine {
  readonly format: typeof FORMAT;
  readonly version: typeof VERSION;
  readonly os: OperatingSystem;
  readonly timestampMs: number;
  readonly bootTimeMs: number;
  readonly hasBound: boolean;
}

/** A part that was tried. */
export interface PartLine extends PartReport {
  readonly part: Part;
}

export type StatisticsKey = keyof Snapshot['statistics'];
export type TableKey = keyof Snapshot['tables'];

/** One statistics call; `values` as in model/statistics.ts. */
export interface StatisticsLine {
  readonly statistics: StatisticsKey;
  readonly values: Readonly<Record<string, number>>;
}

/** Says that the processes were read; `processes` lines of `process` follow. */
export interface ProcessesLine {
  readonly processes: number;
}

export interface ProcessLine {
  readonly process: number;
  readonly name: string;
  readonly services: readonly string[];
  /** As in model/processes.ts, of at most MAX_COMMAND_LINE_LENGTH. */
  readonly commandLine?: string;
}

/** In UTF-16 units: no source reads more. */
export const MAX_COMMAND_LINE_LENGTH = 65_536;

/** Says that the ephemeral ranges were read; `ranges` lines of `range` follow, one at most for a protocol and family. */
export interface RangesLine {
  readonly ranges: number;
}

export interface RangeLine {
  readonly range: Protocol;
  readonly family: AddressFamily;
  readonly first: number;
  readonly last: number;
  readonly source: EphemeralRangeSource;
  readonly reserved: readonly (readonly [first: number, last: number])[];
}

/** A table; `rows` lines of TcpRow or UdpRow follow. */
export interface TableLine {
  readonly table: TableKey;
  readonly rows: number;
}

/**
 * Addresses in RFC 5952 text; pid 0 for no owner, null for an unknown one. A table's socketId is not recorded: it tells a
 * socket from a later one between the same ends, and where one snapshot is played again and again there is no later one.
 */
export type TcpRow = readonly [
  state: TcpState,
  localAddress: string,
  localPort: number,
  remoteAddress: string,
  remotePort: number,
  pid: number | null,
];
export type UdpRow = readonly [localAddress: string, localPort: number, pid: number | null];

/** Last line: a file without it was cut off. */
export interface EndLine {
  readonly end: true;
}

export const STATISTICS_KEYS = ['tcp', 'tcp4', 'tcp6', 'udp4', 'udp6'] as const satisfies readonly StatisticsKey[];
export const TABLE_KEYS = ['tcp4', 'tcp6', 'udp4', 'udp6'] as const satisfies readonly TableKey[];

const TCP_FIELDS: Readonly<Record<keyof TcpStatistics, true>> = {
  rtoAlgorithm: true,
  rtoMinMs: true,
  rtoMaxMs: true,
  maxConnections: true,
  activeOpens: true,
  passiveOpens: true,
  attemptFails: true,
  establishedResets: true,
  currentEstablished: true,
  segmentsReceived: true,
  segmentsSent: true,
  segmentsRetransmitted: true,
  receiveErrors: true,
  resetsSent: true,
  currentConnections: true,
};

const UDP_FIELDS: Readonly<Record<keyof UdpStatistics, true>> = {
  datagramsReceived: true,
  datagramsSent: true,
  datagramsNoPort: true,
  receiveErrors: true,
  receiveBufferErrors: true,
  sendBufferErrors: true,
  currentEndpoints: true,
};

/** The names that `values` of a StatisticsLine may have. */
export function statisticsFields(key: StatisticsKey): readonly string[] {
  return Object.keys(key.startsWith('tcp') ? TCP_FIELDS : UDP_FIELDS);
}
