// World: none; pure.
import { describe, expect, it } from 'vitest';
import type { HostMetricName } from '../../../src/metrics/catalogue.ts';
import type { AggregationSettings } from '../../../src/metrics/settings.ts';
import type { TcpRow } from '../../../src/sources/replay/format.ts';
import { DEFAULT_SETTINGS } from '../../support/settings.ts';
import { ephemeralRanges, type SnapshotRows, type TcpSocketRow } from '../../support/snapshots.ts';
import { type Expected, Oracle } from './oracle.ts';

/** What the oracle expects of one snapshot after another, ten seconds apart. */
function expectedOf(settings: Partial<AggregationSettings>, ...sequence: readonly SnapshotRows[]): readonly Expected[] {
  const oracle = new Oracle({ ...DEFAULT_SETTINGS, ...settings });
  return sequence.map((rows, index) => oracle.expect(rows, 10_000 * index));
}

function only(settings: Partial<AggregationSettings>, rows: SnapshotRows): Expected {
  return new Oracle({ ...DEFAULT_SETTINGS, ...settings }).expect(rows, 0);
}

/** The label values and the value of each sample. */
function samplesOf(expected: Expected | undefined, name: HostMetricName): readonly string[] {
  const own = expected?.samples.filter((sample) => sample.name === name) ?? [];
  return own.map(({ labels, value }) => `${Object.values(labels).join(' ')} ${value}`).toSorted();
}

function connections(count: number, pid: number): readonly TcpSocketRow[] {
  return Array.from({ length: count }, (_, i) => [
    'established',
    '192.0.2.1',
    40_000 + 100 * pid + i,
    '203.0.113.5',
    443,
    pid,
  ]);
}

const NAMES = [
  [1, 'a'],
  [2, 'b'],
  [3, 'c'],
] as const;
const PROCESS = 'netstat_process_tcp_connections';
const AGE = 'netstat_process_close_wait_oldest_seconds';
const DESTINATION = 'netstat_destination_tcp_connections';

describe('the groups that are shown', () => {
  const rows = (a: number, b: number): SnapshotRows => ({
    tcp4: [...connections(a, 1), ...connections(b, 2)],
    processes: NAMES,
  });
  const shown = (expected: Expected): string | undefined =>
    samplesOf(expected, PROCESS).find((line) => !line.startsWith('_'))?.[0];

  it('stay until another has more than 1.25 times their endpoints', () => {
    const sequence = [rows(5, 4), rows(4, 5), rows(4, 6), rows(6, 6), rows(7, 6), rows(8, 6)];
    expect(expectedOf({ processLimit: 1 }, ...sequence).map(shown)).toEqual(['a', 'a', 'b', 'b', 'b', 'a']);
  });

  it('are those that listen before all others, at once', () => {
    const listener: SnapshotRows = { ...rows(5, 1), udp4: [['0.0.0.0', 53, 2]] };
    expect(expectedOf({ processLimit: 1 }, rows(5, 1), listener, rows(5, 1)).map(shown)).toEqual(['a', 'b', 'a']);
  });

  it('are new when they come back', () => {
    expect(expectedOf({ processLimit: 1 }, rows(4, 0), rows(0, 1), rows(5, 5)).map(shown)).toEqual(['a', 'b', 'b']);
    expect(expectedOf({ processLimit: 1 }, rows(0, 4), rows(0, 0), rows(4, 4)).map(shown)).toEqual([
      'b',
      undefined,
      'a',
    ]);
  });

  it('are remembered over a collection that could not read the processes', () => {
    const unread: SnapshotRows = { ...rows(1, 9), errors: ['processes'], missing: ['processes'] };
    expect(expectedOf({ processLimit: 1 }, rows(5, 4), unread, rows(4, 5)).map(shown)).toEqual(['a', undefined, 'a']);
  });
});

describe('an excluded process', () => {
  const rows: SnapshotRows = {
    tcp4: [['listen', '0.0.0.0', 80, '0.0.0.0', 0, 1], ...connections(2, 1), ...connections(1, 2)],
    processes: NAMES,
  };

  it('is counted in _other, its destinations in the one of which all labels are _other', () => {
    const expected = only({ processExclude: /^(?:a)$/u }, rows);
    expect(samplesOf(expected, PROCESS).filter((line) => line.includes('established'))).toEqual([
      '_other established 2',
      'b established 1',
    ]);
    expect(samplesOf(expected, DESTINATION).filter((line) => line.includes('established'))).toEqual([
      '_other _other _other established 2',
      'b 203.0.113.5 443 established 1',
    ]);
    expect(samplesOf(expected, 'netstat_listener_info')).toEqual(['tcp ipv4 0.0.0.0 80 _other 1']);
    expect(expected.foldedGroups).toEqual({ process: 0, port: 0, listener: 0, destination: 0 });
  });

  it('is told by its name as the label says it, after the name rules', () => {
    const nameRules = [{ image: 'a', pattern: /-ap (\w+)/su }];
    const named: SnapshotRows = { ...rows, commandLines: { 1: 'a -ap shop' } };
    const established = (exclude: RegExp) =>
      samplesOf(only({ nameRules, processExclude: exclude }, named), PROCESS).filter((line) => line.includes('estab'));
    expect(established(/^(?:a)$/u)).toEqual(['a[shop] established 2', 'b established 1']);
    expect(established(/^(?:a\[shop\])$/u)).toEqual(['_other established 2', 'b established 1']);
  });
});

describe('the age of the oldest connection in close_wait', () => {
  const waiting = (socketId: number | undefined, pid: number | null = 1): SnapshotRows => {
    const row: TcpRow = ['close_wait', '192.0.2.1', 80, '198.51.100.7', 50_000, pid];
    return { tcp4: [socketId === undefined ? row : [...row, socketId]], processes: NAMES };
  };
  const ages = (...sequence: readonly SnapshotRows[]): readonly (readonly string[])[] =>
    expectedOf({}, ...sequence).map((expected) => samplesOf(expected, AGE));

  it('counts from the collection that first saw it', () => {
    expect(ages(waiting(1), waiting(1), waiting(1))).toEqual([['a 0'], ['a 10'], ['a 20']]);
  });

  it('begins again with another socket, and after a collection without it', () => {
    expect(ages(waiting(1), waiting(2), waiting(2), waiting(0), waiting(0))).toEqual([
      ['a 0'],
      ['a 0'],
      ['a 10'],
      ['a 0'],
      ['a 10'],
    ]);
    expect(ages(waiting(1), {}, waiting(1))).toEqual([['a 0'], [], ['a 0']]);
  });

  it('goes on with another owner of the same socket, and when the socket gets its id', () => {
    expect(ages(waiting(0, 0), waiting(0, 0), waiting(1), waiting(1, 2))).toEqual([
      ['_none 0'],
      ['_none 10'],
      ['a 20'],
      ['b 30'],
    ]);
  });

  it('begins again with another owner where the OS tells no ids', () => {
    expect(ages(waiting(undefined), waiting(undefined), waiting(undefined, 2))).toEqual([['a 0'], ['a 10'], ['b 0']]);
  });

  it('goes on over collections that could not read the table, or the processes', () => {
    const unread: SnapshotRows = { errors: ['tcp4'], missing: ['tcp4'] };
    const unnamed: SnapshotRows = { ...waiting(1), errors: ['processes'], missing: ['processes'] };
    expect(ages(waiting(1), unread, unnamed, waiting(1))).toEqual([['a 0'], [], [], ['a 30']]);
    const gone: SnapshotRows = { errors: ['tcp6'], missing: ['tcp6'] };
    expect(ages(waiting(1), gone, waiting(1))).toEqual([['a 0'], [], ['a 0']]);
  });
});

describe('listeners', () => {
  const rows: SnapshotRows = {
    tcp4: [
      ['listen', '192.0.2.10', 80, '0.0.0.0', 0, 1],
      ['listen', '192.0.2.9', 80, '0.0.0.0', 0, 1],
      ['listen', '192.0.2.9', 80, '0.0.0.0', 0, 1],
    ],
    tcp6: [['listen', 'fe80::1%3', 80, '::', 0, 1]],
    udp4: [
      ['0.0.0.0', 53, 2],
      ['0.0.0.0', 40_000, 2],
    ],
    processes: NAMES,
  };

  it('have one series for all sockets of one label set, and UDP ones only outside of the ephemeral range', () => {
    expect(samplesOf(only({}, rows), 'netstat_listener_info')).toEqual([
      'tcp ipv4 192.0.2.10 80 a 1',
      'tcp ipv4 192.0.2.9 80 a 1',
      'tcp ipv6 fe80::1%3 80 a 1',
      'udp ipv4 0.0.0.0 53 b 1',
    ]);
  });

  it('beyond the limit are left out and counted: those with fewer sockets first, then by address', () => {
    const shown = (listenerLimit: number) => samplesOf(only({ listenerLimit }, rows), 'netstat_listener_info');
    expect(shown(1)).toEqual(['tcp ipv4 192.0.2.9 80 a 1']);
    expect(shown(2)).toEqual(['tcp ipv4 192.0.2.10 80 a 1', 'tcp ipv4 192.0.2.9 80 a 1']);
    expect(only({ listenerLimit: 1 }, rows).foldedGroups.listener).toBe(3);
  });
});

describe('ephemeral ports', () => {
  const range = { first: 100, last: 109, source: 'procfs', reserved: [{ first: 108, last: 109 }] } as const;
  const rows: SnapshotRows = {
    tcp4: [
      ['established', '192.0.2.1', 100, '203.0.113.5', 443, 1],
      ['bound', '192.0.2.1', 101, '0.0.0.0', 0, 1],
      ['time_wait', '192.0.2.1', 108, '203.0.113.5', 443, 0],
    ],
    tcp6: [
      ['established', '2001:db8::1', 100, '2001:db8::2', 443, 1],
      ['established', '2001:db8::1', 100, '2001:db8::2', 444, 2],
    ],
    processes: NAMES,
    ephemeralRanges: [
      { ...range, protocol: 'tcp', family: 'ipv4' },
      { ...range, protocol: 'tcp', family: 'ipv6' },
    ],
  };

  it('are counted once however often they are used, without those that the OS reserves', () => {
    const expected = only({}, rows);
    expect(samplesOf(expected, 'netstat_ephemeral_port_range_ports')).toEqual(['tcp ipv4 8', 'tcp ipv6 8']);
    expect(samplesOf(expected, 'netstat_ephemeral_ports_used')).toEqual(['tcp ipv4 2', 'tcp ipv6 1']);
    expect(samplesOf(expected, 'netstat_process_ephemeral_ports_used')).toEqual(['tcp a 2', 'tcp b 1']);
    const folded = only({ processLimit: 0 }, rows);
    expect(samplesOf(folded, 'netstat_process_ephemeral_ports_used')).toEqual(['tcp _other 2']);
  });

  it('of TCP are not told where the bound endpoints could not be read', () => {
    const failed = only({}, { ...rows, ephemeralRanges: ephemeralRanges(1, 9), errors: ['tcp_bound'] });
    expect(samplesOf(failed, 'netstat_ephemeral_ports_used')).toEqual(['udp ipv4 0', 'udp ipv6 0']);
  });
});

describe('destinations', () => {
  it('are what connections from ports without a listener lead to, whole or _other', () => {
    const rows: SnapshotRows = {
      tcp4: [
        ...connections(2, 1),
        ['established', '192.0.2.1', 80, '198.51.100.7', 50_000, 1],
        ['bound', '192.0.2.1', 81, '0.0.0.0', 0, 1],
        ['closed', '192.0.2.1', 82, '0.0.0.0', 0, 1],
        ['time_wait', '192.0.2.1', 83, '203.0.113.5', 443, 0],
      ],
      tcp6: [['listen', '::', 80, '::', 0, 1]],
      processes: NAMES,
    };
    expect(samplesOf(only({}, rows), DESTINATION)).toEqual([
      '_none 203.0.113.5 443 close_wait 0',
      '_none 203.0.113.5 443 established 0',
      '_none 203.0.113.5 443 time_wait 1',
      'a 203.0.113.5 443 close_wait 0',
      'a 203.0.113.5 443 established 2',
    ]);
    const folded = only({ destinationLimit: 1 }, rows);
    expect(samplesOf(folded, DESTINATION)).toContain('_other _other _other time_wait 1');
    expect(folded.foldedGroups.destination).toBe(1);
  });
});

describe('a port', () => {
  it('has series of its own while somebody listens on it, or because the configuration names it', () => {
    const rows: SnapshotRows = {
      tcp4: [...connections(1, 0), ['time_wait', '192.0.2.1', 80, '203.0.113.5', 50_000, 0]],
      tcp6: [['listen', '::', 80, '::', 0, 1]],
      processes: NAMES,
    };
    const ports = (settings: Partial<AggregationSettings>) =>
      samplesOf(only(settings, rows), 'netstat_port_tcp_connections').filter((line) => !line.endsWith(' 0'));
    expect(ports({})).toEqual(['80 listen 1', '80 time_wait 1', '_other established 1']);
    const portInclude = [{ first: 40_000, last: 40_000 }];
    expect(ports({ portLimit: 0, portInclude })).toEqual([
      '40000 established 1',
      '_other listen 1',
      '_other time_wait 1',
    ]);
  });
});
