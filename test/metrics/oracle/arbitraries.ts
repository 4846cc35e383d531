// Random settings, and random hosts that change a little from snapshot to snapshot: a world so small that everything collides.
import fc from 'fast-check';
import { GROUPS } from '../../../src/metrics/catalogue.ts';
import type { AggregationSettings } from '../../../src/metrics/settings.ts';
import type { EphemeralRange, PortRange } from '../../../src/model/ephemeral.ts';
import type { Part } from '../../../src/model/snapshot.ts';
import { ADDRESS_FAMILIES, type AddressFamily, PROTOCOLS } from '../../../src/model/sockets.ts';
import { TCP_STATES } from '../../../src/model/states.ts';
import type { UdpRow } from '../../../src/sources/replay/format.ts';
import type { SnapshotRows, TcpSocketRow } from '../../support/snapshots.ts';

/** One snapshot of a sequence, and when its reading began. */
export interface Step {
  readonly rows: SnapshotRows;
  readonly readAtMs: number;
}

/** What there is at a step. */
type At<T> = (step: number) => readonly T[];

const MAX_STEPS = 6;
/** Enough for the 1.25 of rule 4 to matter, and to be met exactly: 4 and 5, 8 and 10. */
const MAX_COPIES = 10;

function atEachStep<T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<readonly T[]> {
  return fc.array(arbitrary, { minLength: MAX_STEPS, maxLength: MAX_STEPS });
}

/** Something that becomes something else at one step, in other numbers, and that is away at few steps. */
function changing<T>(anyPair: fc.Arbitrary<readonly [before: T, after: T]>, maxCopies: number): fc.Arbitrary<At<T>> {
  const anyCopies = fc.integer({ min: 1, max: maxCopies });
  const anyPresence = atEachStep(fc.constantFrom(true, true, true, true, true, false));
  return fc
    .record({ pair: anyPair, copies: fc.tuple(anyCopies, anyCopies), changesAt: fc.nat(MAX_STEPS), anyPresence })
    .map(({ pair, copies, changesAt, anyPresence: isThere }) => (step) => {
      const version = step < changesAt ? 0 : 1;
      return isThere[step] === true ? Array<T>(copies[version]).fill(pair[version]) : [];
    });
}

function table<T>(anyPair: fc.Arbitrary<readonly [T, T]>, maxLength: number): fc.Arbitrary<At<T>> {
  return fc
    .array(changing(anyPair, MAX_COPIES), { maxLength })
    .map((members) => (step) => members.flatMap((member) => member(step)));
}

type Addresses = readonly [unspecified: string, ...others: string[]];
/** Texts whose order is not that of the bytes, and scopes. */
const IPV4: Addresses = ['0.0.0.0', '192.0.2.9', '192.0.2.10', '127.0.0.1'];
const IPV6: Addresses = ['::', '2001:db8::9', '2001:db8::10', 'fe80::1', 'fe80::1%2', 'fe80::1%10'];

const PIDS = [1, 2, 3, 10] as const;
/** The largest id that a process can have is among those that have no name. */
const anyPid = fc.constantFrom(...PIDS, ...PIDS, 0, 77, 0xffff_fffe, null);
const anyPort = fc.constantFrom(1, 2, 9, 10, 11, 12, 13, 0, 65_535);
const anyState = fc.constantFrom(
  'established',
  'close_wait',
  'close_wait',
  'listen',
  'time_wait',
  'bound',
  ...TCP_STATES,
);
const anySocketId = fc.constantFrom(0, 1, 2);

const anyVersion = fc.constantFrom(0, 1);
/** A connection, and what is between the same ends later: perhaps another one. */
function anyTcpRows(addresses: Addresses): fc.Arbitrary<readonly [TcpSocketRow, TcpSocketRow]> {
  const [unspecified] = addresses;
  const anyAddress = fc.constantFrom(...addresses);
  return fc
    .record({
      states: fc.tuple(anyState, anyState),
      ends: fc.tuple(anyAddress, anyPort, anyAddress, anyPort),
      pids: fc.tuple(anyPid, anyPid),
      socketIds: fc.tuple(anySocketId, anySocketId),
      later: fc.tuple(anyVersion, anyVersion, anyVersion),
    })
    .map(({ states, ends, pids, socketIds, later }) => {
      const row = (state: 0 | 1, pid: 0 | 1, socketId: 0 | 1): TcpSocketRow => {
        const [address, port, remoteAddress, remotePort] = ends;
        return states[state] === 'listen'
          ? ['listen', address, port, unspecified, 0, pids[pid], socketIds[socketId]]
          : [states[state], address, port, remoteAddress, remotePort, pids[pid], socketIds[socketId]];
      };
      return [row(0, 0, 0), row(...later)];
    });
}

/** A socket has one owner at a time: rows of the same ends and id have that of the first. */
function withOneOwnerEach(rows: readonly TcpSocketRow[]): readonly TcpSocketRow[] {
  const owners = new Map<string, TcpSocketRow[5]>();
  return rows.map(([state, address, port, remoteAddress, remotePort, pid, socketId]) => {
    const socket = JSON.stringify([address, port, remoteAddress, remotePort, socketId]);
    if (!owners.has(socket)) owners.set(socket, pid);
    return [state, address, port, remoteAddress, remotePort, owners.get(socket) ?? null, socketId ?? 0];
  });
}

function anyUdpRows(addresses: Addresses): fc.Arbitrary<readonly [UdpRow, UdpRow]> {
  return fc.tuple(fc.constantFrom(...addresses), anyPort, anyPid, anyPid).map(([address, port, pid, laterPid]) => [
    [address, port, pid],
    [address, port, laterPid],
  ]);
}

/** Reserved names, names that differ by case or have to be cleaned, and two that UTF-16 and UTF-8 put in different orders. */
const NAMES = ['a', 'b', 'java', 'JAVA', '_other', '_none', 'a\n', 'a\ud800', '\ud83d\ude00', '\uff5e', ''] as const;
const COMMAND_LINES = [undefined, 'java kafka.Kafka', 'java -D other', 'java', '-ap "" x', '-ap "pool\u0007"'] as const;
const anyProcess = fc.record({
  name: fc.constantFrom('a', 'a', ...NAMES),
  services: fc.constantFrom<readonly string[]>([], [], [], ['s.service'], ['s', 't']),
  commandLine: fc.constantFrom(...COMMAND_LINES),
});
/** One for each id, whose number is another process later. */
const anyProcesses = fc.tuple(...PIDS.map(() => changing(fc.tuple(anyProcess, anyProcess), 1)));

/** Inside of any of the ranges, apart, in order. */
const RESERVED_PORTS: readonly (readonly PortRange[])[] = [
  [],
  [{ first: 11, last: 11 }],
  [
    { first: 10, last: 10 },
    { first: 11, last: 11 },
  ],
];
const anyRange = fc.record({
  first: fc.constantFrom(9, 10),
  last: fc.constantFrom(11, 12),
  source: fc.constantFrom('procfs', 'wmi', 'assumed', 'default'),
  reserved: fc.constantFrom(...RESERVED_PORTS),
});
const anyRanges: fc.Arbitrary<readonly EphemeralRange[]> = fc.tuple(
  ...PROTOCOLS.flatMap((protocol) =>
    ADDRESS_FAMILIES.map((family) => anyRange.map((range) => ({ ...range, protocol, family }))),
  ),
);

const anyStatistics = fc.record(
  {
    tcp4: fc.record({ activeOpens: fc.nat(), rtoMinMs: fc.nat(), rtoAlgorithm: fc.nat(7) }, { requiredKeys: [] }),
    tcp: fc.record({ segmentsSent: fc.nat(), maxConnections: fc.nat() }, { requiredKeys: [] }),
    udp6: fc.record({ datagramsSent: fc.nat(), currentEndpoints: fc.nat() }, { requiredKeys: [] }),
  },
  { requiredKeys: [] },
);

interface Failure {
  readonly errors: readonly Part[];
  readonly missing: readonly Part[];
}
const NO_FAILURE: Failure = { errors: [], missing: [] };
const FAILURES: readonly Failure[] = [
  ...(['tcp4', 'tcp6', 'udp4', 'udp6', 'processes', 'ephemeral_range'] as const).map((part) => ({
    errors: [part],
    missing: [part],
  })),
  // Linux: tcp4 is not complete without tcp6.
  { errors: ['tcp6'], missing: ['tcp4', 'tcp6'] },
  // A table without its owners is complete all the same; services are never needed.
  { errors: ['tcp4', 'services'], missing: [] },
  { errors: ['tcp_bound'], missing: [] },
];
const anyFailures = atEachStep(fc.constantFrom(...Array<Failure>(3 * FAILURES.length).fill(NO_FAILURE), ...FAILURES));

const anyHost = fc.record({
  families: fc.constantFrom<readonly AddressFamily[]>(ADDRESS_FAMILIES, ADDRESS_FAMILIES, ['ipv4'], ['ipv6']),
  tcp4: table(anyTcpRows(IPV4), 10),
  tcp6: table(anyTcpRows(IPV6), 6),
  udp4: table(anyUdpRows(IPV4), 6),
  udp6: table(anyUdpRows(IPV6), 4),
  processes: anyProcesses,
  ephemeralRanges: anyRanges,
  statistics: anyStatistics,
  failures: anyFailures,
  hasBound: fc.boolean(),
  hasSocketIds: fc.boolean(),
  pausesMs: atEachStep(fc.nat(100_000)),
  steps: fc.integer({ min: 1, max: MAX_STEPS }),
});
type AnyHost = typeof anyHost extends fc.Arbitrary<infer T> ? T : never;

/** One to six snapshots of one host. */
export const anySequence: fc.Arbitrary<readonly Step[]> = anyHost.map((host) =>
  Array.from({ length: host.steps }, (_, step) => ({
    rows: rowsAt(host, step),
    readAtMs: host.pausesMs.slice(0, step + 1).reduce((sum, pauseMs) => sum + pauseMs, 0),
  })),
);

/** The same without anything that fails. */
export const anyWholeSequence: fc.Arbitrary<readonly Step[]> = anySequence.map((steps) =>
  steps.map(({ rows, readAtMs }) => ({ rows: { ...rows, ...NO_FAILURE }, readAtMs })),
);

function rowsAt(host: AnyHost, step: number): SnapshotRows {
  const { families, ephemeralRanges, statistics } = host;
  const isOurs = (part: Part): boolean =>
    !ADDRESS_FAMILIES.some((family) => part.endsWith(family.slice(-1)) && !families.includes(family));
  const { errors, missing } = host.failures[step] ?? NO_FAILURE;
  const hasBound = host.hasBound && !errors.includes('tcp_bound');
  const tellable = (all: readonly TcpSocketRow[]): readonly TcpSocketRow[] => {
    const rows = all.filter(([state]) => hasBound || state !== 'bound');
    return host.hasSocketIds
      ? withOneOwnerEach(rows)
      : rows.map((row) => [row[0], row[1], row[2], row[3], row[4], row[5]]);
  };
  const processes = PIDS.flatMap((pid, i) => host.processes[i]?.(step).map((process) => ({ pid, ...process })) ?? []);
  const commandLines = processes.flatMap(({ pid, commandLine }) =>
    commandLine === undefined ? [] : [[pid, commandLine]],
  );
  return {
    families,
    tcp4: tellable(host.tcp4(step)),
    tcp6: tellable(host.tcp6(step)),
    udp4: host.udp4(step),
    udp6: host.udp6(step),
    hasBound,
    processes: processes.map(({ pid, name, services }) => [pid, name, ...services]),
    commandLines: Object.fromEntries(commandLines),
    statistics,
    ephemeralRanges,
    errors: errors.filter(isOurs),
    missing: missing.filter(isOurs),
  };
}

const NAME_RULES: readonly AggregationSettings['nameRules'][] = [
  [],
  [{ image: 'java', pattern: /(kafka\.\w+)/su }],
  [
    // Matches without its first group, or with nothing in it.
    { image: 'java', pattern: /-D( \w+)?|(kafka)/su },
    { image: 'java', pattern: /(\w+)$/su },
    { image: 'a', pattern: /-ap "([^"]*)"/su },
    { image: 'a', pattern: /(\w+)$/su },
  ],
];
const PORTS_INCLUDED: readonly (readonly PortRange[])[] = [
  [],
  [{ first: 10, last: 11 }],
  [
    { first: 2, last: 9 },
    { first: 9, last: 10 },
  ],
];
const anyLimit = fc.constantFrom(0, 1, 1, 2, 2, 3, 100);

export const anySettings: fc.Arbitrary<AggregationSettings> = fc.record({
  groups: fc.oneof(
    { weight: 4, arbitrary: fc.constant(new Set(GROUPS)) },
    { weight: 1, arbitrary: fc.subarray([...GROUPS]).map((groups) => new Set(groups)) },
  ),
  processInclude: fc.constantFrom(/^(?:.+)$/su, /^(?:.+)$/su, /^(?:a|java.*)$/su),
  processExclude: fc.constantFrom(undefined, undefined, /^(?:b)$/su, /^(?:java)$/su, /^(?:.*\[.*\])$/su),
  nameRules: fc.constantFrom(...NAME_RULES),
  processLimit: anyLimit,
  pidLabel: fc.boolean(),
  portInclude: fc.constantFrom(...PORTS_INCLUDED),
  portLimit: anyLimit,
  listenerLimit: anyLimit,
  destinationLimit: anyLimit,
  ephemeralRange: fc.constantFrom<PortRange | undefined>(undefined, undefined, { first: 2, last: 10 }),
});
