// Snapshots for tests, written as rows that a person can read.
import type { EphemeralRange } from '../../src/model/ephemeral.ts';
import type { Process } from '../../src/model/processes.ts';
import type { OperatingSystem, Part, PartReport, Snapshot } from '../../src/model/snapshot.ts';
import { ADDRESS_FAMILIES, type AddressFamily, PROTOCOLS, type TcpTable } from '../../src/model/sockets.ts';
import type { TableKey, TcpRow, UdpRow } from '../../src/sources/replay/format.ts';
import { LineReader } from '../../src/sources/replay/lines.ts';
import { parseTcpRows, parseUdpRows } from '../../src/sources/replay/rows.ts';

/** A row as a recording has it, and perhaps what tells its socket from a later one between the same ends. */
export type TcpSocketRow = TcpRow | readonly [...row: TcpRow, socketId: number];

export interface SnapshotRows {
  readonly os?: OperatingSystem;
  /** The families that the host has: both, unless said. */
  readonly families?: readonly AddressFamily[];
  readonly tcp4?: readonly TcpSocketRow[];
  readonly tcp6?: readonly TcpSocketRow[];
  readonly udp4?: readonly UdpRow[];
  readonly udp6?: readonly UdpRow[];
  /** Whether bound endpoints can be told: they can, unless said. */
  readonly hasBound?: boolean;
  /** Process id, name, services. */
  readonly processes?: readonly (readonly [pid: number, name: string, ...services: string[]])[];
  /** By process id. */
  readonly commandLines?: Readonly<Record<number, string>>;
  readonly statistics?: Snapshot['statistics'];
  /** Linux' usual one for all, unless said. */
  readonly ephemeralRanges?: readonly EphemeralRange[];
  /** Parts that tell of an error. Their data may be there all the same. */
  readonly errors?: readonly Part[];
  /** Parts whose data is not there. They may tell of no error: a table that is not complete without another one. */
  readonly missing?: readonly Part[];
}

const TIMESTAMP_MS = Date.UTC(2026, 10, 21, 12);
const BOOT_TIME_MS = Date.UTC(2026, 10, 1);

/** A snapshot of a host that has both families; tables that are not given are empty, and everything was read. */
export function snapshotOf(rows: SnapshotRows): Snapshot {
  const { families = ADDRESS_FAMILIES, errors = [], missing = [] } = rows;
  const foreign = (['tcp4', 'tcp6', 'udp4', 'udp6'] as const).filter((key) => !families.includes(familyOf(key)));
  const whole = wholeSnapshotOf(rows);
  const ofTheHost = foreign.reduce<Snapshot>(
    (snapshot, part) => ({ ...withoutData(snapshot, part), parts: without(snapshot.parts, part) }),
    whole,
  );
  return missing.reduce(withoutData, errors.reduce(withError, ofTheHost));
}

function wholeSnapshotOf(rows: SnapshotRows): Snapshot {
  const { os = 'linux', tcp4 = [], tcp6 = [], udp4 = [], udp6 = [], statistics = {}, hasBound = true } = rows;
  return {
    os,
    timestampMs: TIMESTAMP_MS,
    bootTimeMs: BOOT_TIME_MS,
    hasBound,
    parts: reports(
      ['tcp4', 'tcp6', 'udp4', 'udp6', 'processes', 'services', 'ephemeral_range'],
      Object.keys(statistics).map((key) => `${key}_statistics` as Part),
    ),
    tables: {
      tcp4: tcpTable(tcp4, 'ipv4'),
      tcp6: tcpTable(tcp6, 'ipv6'),
      udp4: parseUdpRows(lines(udp4), 'ipv4', udp4.length),
      udp6: parseUdpRows(lines(udp6), 'ipv6', udp6.length),
    },
    statistics,
    processes: new Map(processesOf(rows).map((process) => [process.pid, process])),
    ephemeralRanges: rows.ephemeralRanges ?? ephemeralRanges(32_768, 60_999),
  };
}

function processesOf({ processes = [], commandLines = {} }: SnapshotRows): readonly Process[] {
  return processes.map(([pid, name, ...services]) => {
    const commandLine = commandLines[pid];
    return { pid, name, services, ...(commandLine === undefined ? {} : { commandLine }) };
  });
}

/** The socket ids are a column only where a row has one. */
function tcpTable(rows: readonly TcpSocketRow[], family: AddressFamily): TcpTable {
  const table = parseTcpRows(lines(rows.map((row) => row.slice(0, 6))), family, rows.length);
  if (rows.every((row) => row[6] === undefined)) return table;
  const socketId = new Uint32Array(table.pid.length);
  socketId.set(rows.map((row) => row[6] ?? 0));
  return { ...table, socketId };
}

function familyOf(table: TableKey): AddressFamily {
  return table.endsWith('4') ? 'ipv4' : 'ipv6';
}

/** The snapshot as it is when one of its parts could not be read. */
export function withFailedPart(snapshot: Snapshot, part: Part): Snapshot {
  return withoutData(withError(snapshot, part), part);
}

function withError(snapshot: Snapshot, part: Part): Snapshot {
  const failed: PartReport = {
    durationMs: 1,
    error: { code: '5', message: `reading ${part} failed: 5 (Access is denied.)` },
  };
  return { ...snapshot, parts: { ...snapshot.parts, [part]: failed } };
}

function withoutData(snapshot: Snapshot, part: Part): Snapshot {
  const { processes, ephemeralRanges, ...rest } = snapshot;
  return {
    ...rest,
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
