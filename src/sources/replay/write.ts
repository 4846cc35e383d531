// A snapshot as a recording.

import { formatAddress } from '../../model/address.ts';
import type { Snapshot } from '../../model/snapshot.ts';
import { type TcpTable, type UdpTable, UNKNOWN_PID } from '../../model/sockets.ts';
import { TCP_STATES } from '../../model/states.ts';
import {
  type EndLine,
  FORMAT,
  type HeaderLine,
  type PartLine,
  type ProcessesLine,
  type ProcessLine,
  type RangeLine,
  type RangesLine,
  STATISTICS_KEYS,
  type StatisticsLine,
  TABLE_KEYS,
  type TableLine,
  type TcpRow,
  type UdpRow,
  VERSION,
} from './format.ts';

type Line =
  | HeaderLine
  | PartLine
  | StatisticsLine
  | ProcessesLine
  | ProcessLine
  | RangesLine
  | RangeLine
  | TableLine
  | TcpRow
  | UdpRow
  | EndLine;

/** The lines of a recording, each with its line end. */
export function* writeRecording(snapshot: Snapshot): Generator<string> {
  for (const line of lines(snapshot)) yield `${JSON.stringify(line)}\n`;
}

function* lines(snapshot: Snapshot): Generator<Line> {
  const { os, timestampMs, bootTimeMs, hasBound, parts, statistics, processes, ephemeralRanges, tables } = snapshot;
  yield { format: FORMAT, version: VERSION, os, timestampMs, bootTimeMs, hasBound };
  for (const [part, report] of Object.entries(parts)) yield { part, ...report } as PartLine;
  for (const key of STATISTICS_KEYS) {
    if (statistics[key] !== undefined) yield { statistics: key, values: { ...statistics[key] } };
  }
  if (processes !== undefined) {
    yield { processes: processes.size };
    for (const { pid, name, services, commandLine } of processes.values()) {
      yield { process: pid, name, services, ...(commandLine !== undefined && { commandLine }) };
    }
  }
  if (ephemeralRanges !== undefined) {
    yield { ranges: ephemeralRanges.length };
    for (const { protocol, family, first, last, source, reserved } of ephemeralRanges) {
      yield {
        range: protocol,
        family,
        first,
        last,
        source,
        reserved: reserved.map((range) => [range.first, range.last]),
      };
    }
  }
  for (const key of TABLE_KEYS) {
    const table = tables[key];
    if (table === undefined) continue;
    yield { table: key, rows: table.length };
    yield* 'state' in table ? tcpRows(table) : udpRows(table);
  }
  yield { end: true };
}

function* tcpRows(table: TcpTable): Generator<TcpRow> {
  for (let row = 0; row < table.length; row++) {
    const state = TCP_STATES[table.state[row] ?? -1] ?? 'unknown';
    const remote = formatAddress(table.remoteAddress, row, table.family, table.remoteScope[row]);
    const [localAddress, localPort, pid] = udpRow(table, row);
    yield [state, localAddress, localPort, remote, table.remotePort[row] ?? 0, pid];
  }
}

function* udpRows(table: UdpTable): Generator<UdpRow> {
  for (let row = 0; row < table.length; row++) yield udpRow(table, row);
}

function udpRow(table: UdpTable, row: number): UdpRow {
  const pid = table.pid[row] ?? UNKNOWN_PID;
  const local = formatAddress(table.localAddress, row, table.family, table.localScope[row]);
  return [local, table.localPort[row] ?? 0, pid === UNKNOWN_PID ? null : pid];
}
