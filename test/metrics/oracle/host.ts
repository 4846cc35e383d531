// What the oracle knows of a host at one instant: its endpoints as plain objects, their owners, and what was read.
import type { AggregationSettings } from '../../../src/metrics/settings.ts';
import type { EphemeralRange } from '../../../src/model/ephemeral.ts';
import type { Part } from '../../../src/model/snapshot.ts';
import { ADDRESS_FAMILIES, type AddressFamily, type Protocol } from '../../../src/model/sockets.ts';
import type { TcpState } from '../../../src/model/states.ts';
import { ephemeralRanges, type SnapshotRows } from '../../support/snapshots.ts';

export interface Owner {
  readonly process: string;
  readonly services: string;
  readonly pid: string;
}

export interface Endpoint {
  readonly protocol: Protocol;
  readonly family: AddressFamily;
  readonly address: string;
  readonly port: number;
  readonly owner: Owner;
  readonly isListener: boolean;
  readonly isEphemeral: boolean;
  /** What follows has no meaning for UDP. */
  readonly state: TcpState;
  readonly remoteAddress: string;
  readonly remotePort: number;
  /** All of both ends, and the family. */
  readonly ends: string;
  /** What tells a connection from a later one between the same ends: the socket's id, or the owner where the OS tells no ids. */
  readonly incarnation: string;
}

export interface Host {
  readonly families: readonly AddressFamily[];
  readonly ranges: readonly EphemeralRange[];
  /** All endpoints, those of tables that are missing left out. */
  readonly endpoints: readonly Endpoint[];
  readonly hasBound: boolean;
  hasTable(protocol: Protocol, family: AddressFamily): boolean;
  /** Whether each table of the protocol that the host has was read. */
  hasAll(protocol: Protocol): boolean;
  readonly hasProcesses: boolean;
  readonly hasRanges: boolean;
  /** Whether reading the bound endpoints did not fail: an OS may tell them with the tables, or not at all. */
  readonly hasBoundRead: boolean;
}

const NONE: Owner = { process: '_none', services: '', pid: '' };
const UNKNOWN: Owner = { process: '_unknown', services: '', pid: '' };
export const OTHER: Owner = { process: '_other', services: '', pid: '' };

export function hostOf(rows: SnapshotRows, settings: AggregationSettings): Host {
  const { families = ADDRESS_FAMILIES, errors = [], missing = [], hasBound = true } = rows;
  const ranges = rangesOf(rows, settings);
  const hasTable = (protocol: Protocol, family: AddressFamily): boolean =>
    families.includes(family) && !missing.includes(tableOf(protocol, family));
  const endpoints = families.flatMap((family) => [
    ...(hasTable('tcp', family) ? tcpEndpoints(rows, settings, ranges, family) : []),
    ...(hasTable('udp', family) ? udpEndpoints(rows, settings, ranges, family) : []),
  ]);
  return {
    families,
    ranges,
    endpoints,
    hasBound,
    hasTable,
    hasAll: (protocol) => families.every((family) => hasTable(protocol, family)),
    hasProcesses: !missing.includes('processes'),
    hasRanges: settings.ephemeralRange !== undefined || !missing.includes('ephemeral_range'),
    hasBoundRead: !errors.includes('tcp_bound'),
  };
}

function tableOf(protocol: Protocol, family: AddressFamily): Part & ('tcp4' | 'tcp6' | 'udp4' | 'udp6') {
  return `${protocol}${family === 'ipv4' ? 4 : 6}`;
}

/** One for each protocol and family that the host has. */
function rangesOf(rows: SnapshotRows, settings: AggregationSettings): readonly EphemeralRange[] {
  const { families = ADDRESS_FAMILIES, missing = [] } = rows;
  const read = missing.includes('ephemeral_range') ? [] : (rows.ephemeralRanges ?? ephemeralRanges(32_768, 60_999));
  const configured = settings.ephemeralRange;
  const all =
    configured === undefined
      ? read
      : ephemeralRanges(configured.first, configured.last).map((range) => ({ ...range, source: 'config' as const }));
  return all.filter(({ family }) => families.includes(family));
}

/** The ports of a range: those that the OS never hands out are not in it. */
export function portsOf({ first, last, reserved }: EphemeralRange): ReadonlySet<number> {
  const ports = new Set<number>();
  for (let port = first; port <= last; port++) {
    if (!reserved.some((range) => port >= range.first && port <= range.last)) ports.add(port);
  }
  return ports;
}

function isIn(ranges: readonly EphemeralRange[], protocol: Protocol, family: AddressFamily, port: number): boolean {
  const range = ranges.find((candidate) => candidate.protocol === protocol && candidate.family === family);
  return range !== undefined && portsOf(range).has(port);
}

function tcpEndpoints(
  rows: SnapshotRows,
  settings: AggregationSettings,
  ranges: readonly EphemeralRange[],
  family: AddressFamily,
): readonly Endpoint[] {
  const table = (family === 'ipv4' ? rows.tcp4 : rows.tcp6) ?? [];
  return table.map(([state, address, port, remoteAddress, remotePort, pid, socketId]) => ({
    protocol: 'tcp',
    family,
    address,
    port,
    owner: ownerOf(rows, settings, pid),
    isListener: state === 'listen',
    isEphemeral: isIn(ranges, 'tcp', family, port),
    state,
    remoteAddress,
    remotePort,
    ends: JSON.stringify([family, address, port, remoteAddress, remotePort]),
    incarnation: socketId === undefined ? `owner ${pid}` : `socket ${socketId}`,
  }));
}

function udpEndpoints(
  rows: SnapshotRows,
  settings: AggregationSettings,
  ranges: readonly EphemeralRange[],
  family: AddressFamily,
): readonly Endpoint[] {
  const table = (family === 'ipv4' ? rows.udp4 : rows.udp6) ?? [];
  const knowsRanges = settings.ephemeralRange !== undefined || !(rows.missing ?? []).includes('ephemeral_range');
  return table.map(([address, port, pid]) => ({
    protocol: 'udp',
    family,
    address,
    port,
    owner: ownerOf(rows, settings, pid),
    isListener: knowsRanges && !isIn(ranges, 'udp', family, port),
    isEphemeral: isIn(ranges, 'udp', family, port),
    state: 'unknown',
    remoteAddress: '',
    remotePort: 0,
    ends: '',
    incarnation: '',
  }));
}

function ownerOf(rows: SnapshotRows, settings: AggregationSettings, pid: number | null): Owner {
  if (pid === 0) return NONE;
  const found = (rows.processes ?? []).find(([id]) => id === pid);
  if (pid === null || found === undefined) return UNKNOWN;
  const [, image, ...services] = found;
  const process = clean(nameOf(image, rows.commandLines?.[pid], settings));
  const isIncluded = settings.processInclude.test(process);
  const isExcluded = settings.processExclude?.test(process) ?? false;
  if (!isIncluded || isExcluded) return OTHER;
  return { process, services: clean(services.join(',')), pid: settings.pidLabel ? String(pid) : '' };
}

/** The first rule of the image that matches the command line counts; it adds its first capture, if it captured something. */
function nameOf(image: string, commandLine: string | undefined, settings: AggregationSettings): string {
  if (commandLine === undefined) return image;
  for (const rule of settings.nameRules) {
    if (rule.image.toLowerCase() !== image.toLowerCase()) continue;
    const match = rule.pattern.exec(commandLine);
    if (match === null) continue;
    return match[1] === undefined || match[1] === '' ? image : `${image}[${match[1]}]`;
  }
  return image;
}

/** Names are other people's input. */
function clean(name: string): string {
  return name.toWellFormed().replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]/gu, '\ufffd');
}
