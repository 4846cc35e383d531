// The tables of one protocol: by sock_diag, or from procfs where that is refused.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AddressFamily, Protocol } from '../../model/sockets.ts';
import type { PartNotes, PartReader } from '../parts.ts';
import { isMissing } from './files.ts';
import type { DumpScope } from './inet-diag.ts';
import type { Network } from './network.ts';
import { parseProcfsSockets } from './procfs-sockets.ts';
import { isRefusal, type SocketDump } from './sock-diag.ts';
import { createRows, type RowsByFamily, type SocketRows } from './socket-rows.ts';

/** How a table was read; `absent` where the host does not have IPv6. */
type Way = 'sock_diag' | 'procfs' | 'absent';

export interface ProtocolRows {
  /** Absent when it could not be read, or is not complete. */
  readonly ipv4?: SocketRows;
  /** Absent when it could not be read, or the host does not have IPv6. */
  readonly ipv6?: SocketRows;
  /** Whether all that was read came by sock_diag, which alone tells the bound endpoints. */
  readonly bySockDiag: boolean;
}

/**
 * Reads both families, as two parts, into `rows`, which are to be empty. The ipv4 table is complete only with the IPv4-mapped rows of the other one: if
 * that failed there is none, though its own part has no error.
 */
export function readTables(
  parts: PartReader,
  protocol: Protocol,
  network: Network,
  rows: RowsByFamily = createRows(),
): ProtocolRows {
  const dump = dumpsOf(protocol, network, rows);
  const pathOf = (file: string): string => join(network.directory, file);
  const way4 = parts.read(`${protocol}4`, (report) => readTable(pathOf(protocol), 'ipv4', dump, rows, report));
  const way6 = parts.read(`${protocol}6`, (report) => readTable(pathOf(`${protocol}6`), 'ipv6', dump, rows, report));
  if (way6 === 'absent') delete parts.reports[`${protocol}6`];
  return {
    ...(way4 !== undefined && way6 !== undefined && { ipv4: rows.ipv4 }),
    ...(way6 !== undefined && way6 !== 'absent' && { ipv6: rows.ipv6 }),
    bySockDiag: way4 === 'sock_diag' && way6 !== 'procfs',
  };
}

function readTable(path: string, family: AddressFamily, dump: Dump, rows: RowsByFamily, report: PartNotes): Way {
  const why = dump(family);
  const lacking = family === 'ipv6' && rows.ipv6.length === 0 && isMissing(path);
  if (why === undefined) return lacking ? 'absent' : 'sock_diag';
  if (lacking) return 'absent';
  report.fallback = `${why}: read ${path} instead`;
  parseProcfsSockets(path, readFileSync(path), family, rows);
  return 'procfs';
}

/** Undefined when the table was read by sock_diag, or else why not. Throws where another way would not help. */
type Dump = (family: AddressFamily) => string | undefined;

function dumpsOf(protocol: Protocol, { sockets }: Network, rows: RowsByFamily): Dump {
  if ('withoutDump' in sockets) return () => sockets.withoutDump;
  const dump = (scope: DumpScope): string | undefined => tryDump(sockets.dump, scope, rows);
  if (protocol === 'udp') return (family) => dump({ protocol, family });
  // What comes of the one dump for both families, a failure too, holds for either.
  return once(() => dump({ protocol, family: 'both' }));
}

function tryDump(dump: SocketDump, scope: DumpScope, rows: RowsByFamily): string | undefined {
  try {
    dump(scope, rows);
    return undefined;
  } catch (error) {
    if (!isRefusal(error)) throw error;
    return `sock_diag was refused (${error.code})`;
  }
}

/** Runs it when it is first asked for, and then returns, or throws, the same again. */
function once<T>(run: () => T): () => T {
  let again: (() => T) | undefined;
  return () => {
    again ??= outcomeOf(run);
    return again();
  };
}

function outcomeOf<T>(run: () => T): () => T {
  try {
    const value = run();
    return () => value;
  } catch (error) {
    return () => {
      throw error;
    };
  }
}
