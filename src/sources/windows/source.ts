// The Windows source: which parts are read, in which order, and the snapshot that they make.

import os from 'node:os';
import type { Process, Processes } from '../../model/processes.ts';
import type { Part, Snapshot } from '../../model/snapshot.ts';
import { type PartNotes, PartReader } from '../parts.ts';
import type { Source, SourceOptions } from '../source.ts';
import { loadAdvapi32, loadIpHelper, loadKernel32, loadNtdll } from './bindings.ts';
import { type BoundEndpoints, readBoundEndpoints, tellsBound } from './bound-endpoints.ts';
import { withBound } from './bound-merge.ts';
import { CommandLineReader } from './command-line-reader.ts';
import { GrowingBuffer } from './growing-buffer.ts';
import { systemLibraries, type WindowsLibraries } from './libraries.ts';
import { readMachineId } from './machine-id.ts';
import { readProcesses } from './processes.ts';
import { ServiceReader } from './service-reader.ts';
import { readTcpStatistics, readUdpStatistics } from './statistics.ts';
import { readTcpTable, readUdpTable } from './tables.ts';
import type { Windows } from './windows.ts';
import { DynamicPortRanges } from './wmi/dynamic-port-ranges.ts';

export interface WindowsParts {
  /** The module that asks WMI, in a thread of its own. */
  readonly wmiWorker: URL;
  /** The system's own, unless a test has others. */
  readonly libraries?: WindowsLibraries;
}

/**
 * Opens the source. A library or function that cannot be loaded is a failure of the parts that need it, at every read.
 * koffi unloads the libraries once the source is garbage, so closing it ends no more than the question to WMI.
 */
export function openWindowsSource(
  options: SourceOptions,
  { wmiWorker, libraries = systemLibraries() }: WindowsParts,
): Source {
  const windows: Windows = {
    ipHelper: loadIpHelper(libraries.iphlpapi),
    kernel32: loadKernel32(libraries.kernel32),
    ntdll: loadNtdll(libraries.ntdll),
    advapi32: loadAdvapi32(libraries.advapi32),
    buffer: new GrowingBuffer(),
  };
  const services = options.services ? new ServiceReader(windows) : undefined;
  const commandLines =
    options.commandLinesOf.size > 0 ? new CommandLineReader(windows, options.commandLinesOf) : undefined;
  const portRanges = new DynamicPortRanges(wmiWorker, libraries);
  const bootTimeMs = Math.round(Date.now() - os.uptime() * 1000);

  function read(spent?: Snapshot): Snapshot {
    const timestampMs = Date.now();
    const reader = new PartReader();
    // Tables first: a process that is named afterwards has its id still, one that is named before may have lost it.
    const { tables, hasBound } = options.tables ? readTables(windows, reader, spent?.tables) : NO_TABLES;
    const processes = options.processes ? readOwners(windows, reader, tables, { services, commandLines }) : undefined;
    const statistics = options.statistics ? readStatistics(windows, reader) : {};
    const ephemeralRanges = options.ephemeralRange
      ? reader.read('ephemeral_range', (notes) => portRanges.read(notes))
      : undefined;
    windows.buffer.letGo();
    return {
      os: 'windows',
      timestampMs,
      bootTimeMs,
      parts: reader.reports,
      tables,
      hasBound,
      statistics,
      ...present({ processes, ephemeralRanges }),
    };
  }

  return { os: 'windows', machineId: readMachineId(windows), read, close: () => portRanges.close() };
}

interface Tables {
  readonly tables: Snapshot['tables'];
  readonly hasBound: boolean;
}

const NO_TABLES: Tables = { tables: {}, hasBound: false };

function readTables(windows: Windows, reader: PartReader, spent: Snapshot['tables'] = {}): Tables {
  // Before the tables: an endpoint that is connected in between is in both, and counted once; the other way round it would be in none.
  const bound = readBound(windows, reader);
  const tcp4 = readFamily(reader, 'tcp4', (notes) => readTcpTable(windows, 'ipv4', notes, spent.tcp4));
  const tcp6 = readFamily(reader, 'tcp6', (notes) => readTcpTable(windows, 'ipv6', notes, spent.tcp6));
  const udp4 = readFamily(reader, 'udp4', (notes) => readUdpTable(windows, 'ipv4', notes, spent.udp4));
  const udp6 = readFamily(reader, 'udp6', (notes) => readUdpTable(windows, 'ipv6', notes, spent.udp6));
  const tables = {
    tcp4: tcp4 && withBound(tcp4, bound?.ipv4),
    tcp6: tcp6 && withBound(tcp6, bound?.ipv6),
    udp4,
    udp6,
  };
  return { tables: present(tables), hasBound: bound !== undefined };
}

/** Undefined where they cannot be told: by this Windows, or this time. */
function readBound(windows: Windows, reader: PartReader): BoundEndpoints | undefined {
  return tellsBound(windows) ? reader.read('tcp_bound', () => readBoundEndpoints(windows)) : undefined;
}

/** What tells more of the processes than their names. */
interface OwnerReaders {
  readonly services: ServiceReader | undefined;
  readonly commandLines: CommandLineReader | undefined;
}

/** The processes with their services and command lines, where these are asked for. */
function readOwners(
  windows: Windows,
  reader: PartReader,
  tables: Snapshot['tables'],
  { services, commandLines }: OwnerReaders,
): Processes | undefined {
  const processes = reader.read('processes', (notes) => {
    const found = readProcesses(windows, notes);
    commandLines?.read(found, tables, notes);
    return found;
  });
  if (processes === undefined) return undefined;
  services?.read(reader, processes, tables);
  const named = new Map<number, Process>();
  for (const process of processes.values()) {
    const { pid, name } = process;
    const commandLine = commandLines?.commandLineOf(process);
    named.set(pid, {
      pid,
      name,
      services: services?.servicesOf(process) ?? [],
      ...(commandLine !== undefined && { commandLine }),
    });
  }
  return named;
}

function readStatistics(windows: Windows, reader: PartReader): Snapshot['statistics'] {
  return present({
    tcp4: readFamily(reader, 'tcp4_statistics', (notes) => readTcpStatistics(windows, 'ipv4', notes)),
    tcp6: readFamily(reader, 'tcp6_statistics', (notes) => readTcpStatistics(windows, 'ipv6', notes)),
    udp4: readFamily(reader, 'udp4_statistics', (notes) => readUdpStatistics(windows, 'ipv4', notes)),
    udp6: readFamily(reader, 'udp6_statistics', (notes) => readUdpStatistics(windows, 'ipv6', notes)),
  });
}

/** Reads a part of one address family. A family that the host does not have leaves no report: nothing failed. */
function readFamily<T>(reader: PartReader, part: Part, read: (notes: PartNotes) => T | undefined): T | undefined {
  const value = reader.read(part, read);
  if (value === undefined && reader.reports[part]?.error === undefined) delete reader.reports[part];
  return value;
}

/** The same object without the keys that have no value. */
function present<T extends object>(values: T): { [Key in keyof T]?: Exclude<T[Key], undefined> } {
  const entries = Object.entries(values).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as { [Key in keyof T]?: Exclude<T[Key], undefined> };
}
