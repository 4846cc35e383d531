// The Linux source: sock_diag for the tables, procfs for everything else.

import { release } from 'node:os';
import type { Snapshot } from '../../model/snapshot.ts';
import type { Protocol } from '../../model/sockets.ts';
import { PartReader } from '../parts.ts';
import type { Source, SourceOptions } from '../source.ts';
import { readBootTimeMs } from './boot-time.ts';
import { readEphemeralRanges } from './ephemeral-range.ts';
import { readMachineId } from './machine-id.ts';
import { openNetlinkSocket } from './netlink.ts';
import { chooseNetwork } from './network.ts';
import { ProcessReader } from './processes.ts';
import { createSocketDump } from './sock-diag.ts';
import { createRows, type RowsByFamily } from './socket-rows.ts';
import { readStatistics } from './statistics.ts';
import { type ProtocolRows, readTables } from './tables.ts';

const NO_ROWS: ProtocolRows = { bySockDiag: false };

/**
 * Opens this host, or the one whose /proc is mounted at `procfsRoot`. Nothing is held open between two reads; what is
 * remembered is in memory.
 */
export function openLinuxSource(options: SourceOptions, { procfsRoot }: { procfsRoot: string }): Source {
  const network = chooseNetwork(procfsRoot, createSocketDump(openNetlinkSocket));
  const processReader = new ProcessReader(procfsRoot);
  const bootTimeMs = readBootTimeMs(procfsRoot);
  const kernelTellsBound = tellsBound(release());

  /** What the last snapshot's tables are made of. */
  let rows = createRowsByProtocol();

  function read(spent?: Snapshot): Snapshot {
    const timestampMs = Date.now();
    const parts = new PartReader();
    if (spent === undefined) rows = createRowsByProtocol();
    else clearRows(rows);
    const tcp = options.tables ? readTables(parts, 'tcp', network, rows.tcp) : NO_ROWS;
    const udp = options.tables ? readTables(parts, 'udp', network, rows.udp) : NO_ROWS;
    const wantsProcesses = options.tables && options.processes;
    const processes = wantsProcesses ? processReader.read(parts, tcp, udp, options) : undefined;
    const ephemeralRanges = options.ephemeralRange
      ? parts.read('ephemeral_range', () => readEphemeralRanges(procfsRoot))
      : undefined;
    return {
      os: 'linux',
      timestampMs,
      bootTimeMs,
      statistics: options.statistics ? readStatistics(parts, network.directory) : {},
      tables: tablesOf(tcp, udp),
      hasBound: tcp.bySockDiag && kernelTellsBound,
      ...(processes && { processes }),
      ...(ephemeralRanges && { ephemeralRanges }),
      parts: parts.reports,
    };
  }

  return { os: 'linux', machineId: readMachineId(procfsRoot), read, close: () => undefined };
}

type RowsByProtocol = Readonly<Record<Protocol, RowsByFamily>>;

function createRowsByProtocol(): RowsByProtocol {
  return { tcp: createRows(), udp: createRows() };
}

function clearRows({ tcp, udp }: RowsByProtocol): void {
  for (const rows of [tcp.ipv4, tcp.ipv6, udp.ipv4, udp.ipv6]) rows.clear();
}

/** From Linux 6.8 sock_diag tells the endpoints that are bound and not connected. */
export function tellsBound(kernelRelease: string): boolean {
  const [major = 0, minor = 0] = kernelRelease.split('.').map((part) => Number.parseInt(part, 10));
  return major > 6 || (major === 6 && minor >= 8);
}

function tablesOf(tcp: ProtocolRows, udp: ProtocolRows): Snapshot['tables'] {
  return {
    ...(tcp.ipv4 && { tcp4: tcp.ipv4.toTcpTable() }),
    ...(tcp.ipv6 && { tcp6: tcp.ipv6.toTcpTable() }),
    ...(udp.ipv4 && { udp4: udp.ipv4.toUdpTable() }),
    ...(udp.ipv6 && { udp6: udp.ipv6.toUdpTable() }),
  };
}
