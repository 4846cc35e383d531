// A recording as a snapshot. Nothing is guessed: what does not fit the format is refused with its line.

import type { Process } from '../../model/processes.ts';
import { OPERATING_SYSTEMS, PARTS, type Part, type PartReport, type Snapshot } from '../../model/snapshot.ts';
import { quote } from '../quote.ts';
import { type LineChecker, RecordingError } from './checks.ts';
import {
  FORMAT,
  MAX_COMMAND_LINE_LENGTH,
  STATISTICS_KEYS,
  type StatisticsKey,
  statisticsFields,
  TABLE_KEYS,
  type TableKey,
  VERSION,
} from './format.ts';
import { LineReader } from './lines.ts';
import { MAX_RANGES, parseRanges } from './ranges.ts';
import { MAX_PID, parseTcpRows, parseUdpRows } from './rows.ts';

const MAX_SERVICES = 1024;

/** The snapshot that `writeRecording` was given. Throws RecordingError. */
export function parseRecording(text: string): Snapshot {
  const reader = new LineReader(text);
  const snapshot = parseHeader(reader);
  for (;;) {
    const { checker, value } = reader.next();
    const line = checker.record(value);
    if (line['end'] === true) break;
    if ('part' in line) addPart(snapshot.parts, checker, line);
    else if ('statistics' in line) addStatistics(snapshot.statistics, checker, line);
    else if ('processes' in line)
      snapshot.processes = parseProcesses(reader, checker.integer(line['processes'], 'processes', MAX_PID));
    else if ('ranges' in line)
      snapshot.ephemeralRanges = parseRanges(reader, checker.integer(line['ranges'], 'ranges', MAX_RANGES));
    else if ('table' in line) addTable(snapshot.tables, reader, checker, line);
    else checker.fail('there should be one of part, statistics, processes, ranges, table, end');
  }
  reader.expectEnd();
  return snapshot;
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };
type Draft = Mutable<Omit<Snapshot, 'parts' | 'statistics' | 'tables'>> & {
  parts: Partial<Record<Part, PartReport>>;
  statistics: Mutable<Snapshot['statistics']>;
  tables: Mutable<Snapshot['tables']>;
};
type Fields = Readonly<Record<string, unknown>>;

function parseHeader(reader: LineReader): Draft {
  const { checker, value } = reader.next();
  const line = checker.record(value);
  if (line['format'] !== FORMAT)
    throw new RecordingError(`this is no recording: its first line does not say "${FORMAT}"`);
  if (line['version'] !== VERSION) {
    checker.fail(`version ${quote(line['version'])} of the format is not known, only ${VERSION}`);
  }
  return {
    os: checker.oneOf(line['os'], 'os', OPERATING_SYSTEMS),
    timestampMs: checker.number(line['timestampMs'], 'timestampMs'),
    bootTimeMs: checker.number(line['bootTimeMs'], 'bootTimeMs'),
    hasBound: checker.flag(line['hasBound'], 'hasBound'),
    parts: {},
    statistics: {},
    tables: {},
  };
}

function addPart(parts: Draft['parts'], checker: LineChecker, line: Fields): void {
  const part = checker.oneOf(line['part'], 'part', PARTS);
  const durationMs = checker.number(line['durationMs'], 'durationMs');
  const fallback = line['fallback'] === undefined ? {} : { fallback: checker.text(line['fallback'], 'fallback') };
  parts[part] = {
    durationMs,
    ...fallback,
    ...(line['error'] === undefined ? {} : { error: parseError(checker, line['error']) }),
  };
}

function parseError(checker: LineChecker, value: unknown): { code: string; message: string } {
  const error = checker.record(value);
  return { code: checker.text(error['code'], 'code'), message: checker.text(error['message'], 'message') };
}

function addStatistics(statistics: Draft['statistics'], checker: LineChecker, line: Fields): void {
  const key: StatisticsKey = checker.oneOf(line['statistics'], 'statistics', STATISTICS_KEYS);
  const fields = statisticsFields(key);
  const values = Object.entries(checker.record(line['values']));
  statistics[key] = Object.fromEntries(
    values.map(([name, value]) => [checker.oneOf(name, 'a value', fields), checker.number(value, name)]),
  );
}

function parseProcesses(reader: LineReader, count: number): ReadonlyMap<number, Process> {
  const processes = new Map<number, Process>();
  for (let i = 0; i < count; i++) {
    const { checker, value } = reader.next();
    const line = checker.record(value);
    const pid = checker.integer(line['process'], 'process', MAX_PID);
    const services = checker.list(line['services'], 'services').slice(0, MAX_SERVICES);
    processes.set(pid, {
      pid,
      name: checker.text(line['name'], 'name'),
      services: services.map((service) => checker.text(service, 'services')),
      ...parseCommandLine(checker, line['commandLine']),
    });
  }
  return processes;
}

function parseCommandLine(checker: LineChecker, value: unknown): Pick<Process, 'commandLine'> {
  if (value === undefined) return {};
  return { commandLine: checker.shortText(value, 'commandLine', MAX_COMMAND_LINE_LENGTH) };
}

function addTable(tables: Draft['tables'], reader: LineReader, checker: LineChecker, line: Fields): void {
  const key: TableKey = checker.oneOf(line['table'], 'table', TABLE_KEYS);
  const rows = checker.integer(line['rows'], 'rows', reader.remaining);
  const family = key.endsWith('4') ? 'ipv4' : 'ipv6';
  if (key === 'tcp4' || key === 'tcp6') tables[key] = parseTcpRows(reader, family, rows);
  else tables[key] = parseUdpRows(reader, family, rows);
}
