// Snapshots for tests, written as rows that a person can read.
import type { EphemeralRange } from '../../src/model/ephemeral.ts';
import type { OperatingSystem, Part, PartReport, Snapshot } from '../../src/model/snapshot.ts';
import { ADDRESS_FAMILIES, PROTOCOLS } from '../../src/model/sockets.ts';
import type { TcpRow, UdpRow } from '../../src/sources/replay/format.ts';
import { LineReader } from '../../src/sources/replay/lines.ts';
import { parseTcpRows, parseUdpRows } from '../../src/sources/replay/rows.ts';

export interface SnapshotRows {
  readonly os?: OperatingSystem;
  readonly tcp4?: readonly TcpRow[];
  readonly tcp6?: readonly TcpRow[];
  readonly udp4?: readonly UdpRow[];
  readonly udp6?: readonly UdpRow[];
  /** Process id, name, services. */
  readonly processes?: readonly (readonly [pid: number, name: string, ...services: string[]])[];
  readonly statistics?: Snapshot['statistics'];
}

const TIMESTAMP_MS = Date.UTC(2026, 10, 21, 12);
const BOOT_TIME_MS = Date.UTC(2026, 10, 1);

/** A snapshot of a host that has both families; tables that are not given are empty, and everything was read. */
export function snapshotOf(rows: SnapshotRows): Snapshot {
  const { os = 'linux', tcp4 = [], tcp6 = [], udp4 = [], udp6 = [], processes = [], statistics = {} } = rows;
  return {
    os,
    timestampMs: TIMESTAMP_MS,
    bootTimeMs: BOOT_TIME_MS,
    hasBound: true,
    parts: reports(
      ['tcp4', 'tcp6', 'udp4', 'udp6', 'processes', 'services', 'ephemeral_range'],
      Object.keys(statistics).map((key) => `${key}_statistics` as Part),
    ),
    tables: {
      tcp4: parseTcpRows(lines(tcp4), 'ipv4', tcp4.length),
      tcp6: parseTcpRows(lines(tcp6), 'ipv6', tcp6.length),
      udp4: parseUdpRows(lines(udp4), 'ipv4', udp4.length),
      udp6: parseUdpRows(lines(udp6), 'ipv6', udp6.length),
    },
    statistics,
    processes: new Map(processes.map(([pid, name, ...services]) => [pid, { pid, name, services }])),
    ephemeralRanges: ephemeralRanges(32_768, 60_999),
  };
}

/** The snapshot as it is when one of its parts could not be read. */
export function withFailedPart(snapshot: Snapshot, part: Part): Snapshot {
  const failed: PartReport = {
    durationMs: 1,
    error: { code: '5', message: `reading ${part} failed: 5 (Access is denied.)` },
  };
  const { processes, ephemeralRanges, ...rest } = snapshot;
  return {
    ...rest,
    parts: { ...snapshot.parts, [part]: failed },
    tables: without(snapshot.tables, part),
    statistics: part.endsWith('_statistics')
      ? without(snapshot.statistics, part.replace('_statistics', ''))
      : snapshot.statistics,
    ...(processes === undefined || part === 'processes' ? {} : { processes }),
    ...(ephemeralRanges === undefined || part === 'ephemeral_range' ? {} : { ephemeralRanges }),
  };
}

export function ephemeralRanges(first: number, last: number): readonly EphemeralRange[] {
  return PROTOCOLS.flatMap((protocol) =>
    ADDRESS_FAMILIES.map((family) => ({ protocol, family, first, last, source: 'procfs' as const, reserved: [] })),
  );
}

function reports(...parts: readonly (readonly Part[])[]): Partial<Record<Part, PartReport>> {
  return Object.fromEntries(parts.flat().map((part) => [part, { durationMs: 1 }]));
}

function lines(rows: readonly unknown[]): LineReader {
  return new LineReader(rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
}

function without<T extends object>(record: T, key: string): T {
  return Object.fromEntries(Object.entries(record).filter(([name]) => name !== key)) as T;
}
