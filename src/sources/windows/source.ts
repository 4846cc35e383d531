// The Windows source: which parts are read, in which order, and the snapshot that they make.

import os from 'node:os';
import type { Part, Snapshot } from '../../model/snapshot.ts';
import { PartReader } from '../parts.ts';
import type { Source, SourceOptions } from '../source.ts';
import { loadIpHelper, loadKernel32, loadNtdll } from './bindings.ts';
import { defaultEphemeralRanges } from './ephemeral-ranges.ts';
import { GrowingBuffer } from './growing-buffer.ts';
import { readProcesses } from './processes.ts';
import { readTcpStatistics, readUdpStatistics } from './statistics.ts';
import { readTcpTable, readUdpTable } from './tables.ts';
import type { Windows } from './windows.ts';

/** File names or paths of the DLLs. An argument only: a flag or an environment variable would be a way to plant a DLL. */
export interface WindowsLibraries {
  readonly iphlpapi: string;
  readonly kernel32: string;
  readonly ntdll: string;
}

const SYSTEM_LIBRARIES: WindowsLibraries = { iphlpapi: 'iphlpapi.dll', kernel32: 'kernel32.dll', ntdll: 'ntdll.dll' };

/**
 * Opens the source. Never throws: a library or function that cannot be loaded is a failure of the parts that need it,
 * at every read. koffi unloads the libraries once the source is garbage, so closing it gives back nothing.
 */
export function openWindowsSource(options: SourceOptions, libraries: WindowsLibraries = SYSTEM_LIBRARIES): Source {
  const windows: Windows = {
    ipHelper: loadIpHelper(libraries.iphlpapi),
    kernel32: loadKernel32(libraries.kernel32),
    ntdll: loadNtdll(libraries.ntdll),
    buffer: new GrowingBuffer(),
  };
  const bootTimeMs = Math.round(Date.now() - os.uptime() * 1000);
  return {
    os: 'windows',
    read: (spent) => readSnapshot(windows, options, bootTimeMs, spent?.tables),
    close: () => {},
  };
}

function readSnapshot(
  windows: Windows,
  options: SourceOptions,
  bootTimeMs: number,
  spent: Snapshot['tables'] = {},
): Snapshot {
  const timestampMs = Date.now();
  const reader = new PartReader();
  // Tables first: a process that is named afterwards has its id still, one that is named before may have lost it.
  const tables = options.tables ? readTables(windows, reader, spent) : {};
  const processes = options.processes
    ? reader.read('processes', (report) => readProcesses(windows, report))
    : undefined;
  const statistics = options.statistics ? readStatistics(windows, reader) : {};
  const ephemeralRanges = options.ephemeralRange ? reader.read('ephemeral_range', defaultEphemeralRanges) : undefined;
  return {
    os: 'windows',
    timestampMs,
    bootTimeMs,
    parts: reader.reports,
    tables,
    hasBound: false,
    statistics,
    ...present({ processes, ephemeralRanges }),
  };
}

function readTables(windows: Windows, reader: PartReader, spent: Snapshot['tables']): Snapshot['tables'] {
  return present({
    tcp4: readFamily(reader, 'tcp4', () => readTcpTable(windows, 'ipv4', spent.tcp4)),
    tcp6: readFamily(reader, 'tcp6', () => readTcpTable(windows, 'ipv6', spent.tcp6)),
    udp4: readFamily(reader, 'udp4', () => readUdpTable(windows, 'ipv4', spent.udp4)),
    udp6: readFamily(reader, 'udp6', () => readUdpTable(windows, 'ipv6', spent.udp6)),
  });
}

function readStatistics(windows: Windows, reader: PartReader): Snapshot['statistics'] {
  return present({
    tcp4: readFamily(reader, 'tcp4_statistics', () => readTcpStatistics(windows, 'ipv4')),
    tcp6: readFamily(reader, 'tcp6_statistics', () => readTcpStatistics(windows, 'ipv6')),
    udp4: readFamily(reader, 'udp4_statistics', () => readUdpStatistics(windows, 'ipv4')),
    udp6: readFamily(reader, 'udp6_statistics', () => readUdpStatistics(windows, 'ipv6')),
  });
}

/** Reads a part of one address family. A family that the host does not have leaves no report: nothing failed. */
function readFamily<T>(reader: PartReader, part: Part, read: () => T | undefined): T | undefined {
  const value = reader.read(part, read);
  if (value === undefined && reader.reports[part]?.error === undefined) delete reader.reports[part];
  return value;
}

/** The same object without the keys that have no value. */
function present<T extends object>(values: T): { [Key in keyof T]?: Exclude<T[Key], undefined> } {
  const entries = Object.entries(values).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as { [Key in keyof T]?: Exclude<T[Key], undefined> };
}
