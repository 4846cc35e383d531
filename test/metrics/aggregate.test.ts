// World: none; pure.
import { describe, expect, it } from 'vitest';
import { aggregate } from '../../src/metrics/aggregate.ts';
import type { EphemeralRange } from '../../src/model/ephemeral.ts';
import type { Part } from '../../src/model/snapshot.ts';
import { TCP_STATES } from '../../src/model/states.ts';
import { linesLeft } from '../support/lost-series.ts';
import { linesOf, namesOf, sumOf } from '../support/samples.ts';
import { DEFAULT_SETTINGS } from '../support/settings.ts';
import { type SnapshotRows, snapshotOf, withFailedPart } from '../support/snapshots.ts';

const WEB_SERVER: SnapshotRows = {
  tcp4: [
    ['listen', '0.0.0.0', 443, '0.0.0.0', 0, 10],
    ['established', '192.0.2.1', 443, '198.51.100.7', 50_000, 10],
    ['established', '192.0.2.1', 443, '198.51.100.8', 50_001, 11],
    ['close_wait', '192.0.2.1', 40_000, '203.0.113.5', 5432, 11],
    ['time_wait', '192.0.2.1', 443, '198.51.100.9', 50_002, 0],
    ['established', '192.0.2.1', 40_001, '203.0.113.5', 22, null],
  ],
  tcp6: [['listen', '::', 443, '::', 0, 10]],
  udp4: [
    ['0.0.0.0', 53, 20],
    ['0.0.0.0', 40_000, 11],
  ],
  udp6: [['::', 53, 20]],
  processes: [
    [10, 'nginx', 'nginx.service'],
    [11, 'nginx', 'nginx.service'],
    [20, 'named', 'named.service'],
  ],
};

describe('a web server’s connections', () => {
  const samples = aggregate(snapshotOf(WEB_SERVER), DEFAULT_SETTINGS);

  it('are counted by state, every state at 0 too', () => {
    expect(sumOf(samples, 'netstat_tcp_connections', { family: 'ipv4', state: 'established' })).toBe(3);
    expect(linesOf(samples, 'netstat_tcp_connections')).toHaveLength(2 * TCP_STATES.length);
    expect(linesOf(samples, 'netstat_tcp_connections')).toContain('family="ipv6",state="fin_wait_1" 0');
    expect(linesOf(samples, 'netstat_udp_endpoints')).toEqual(['family="ipv4" 2', 'family="ipv6" 1']);
  });

  it('are counted by process, several of one name together', () => {
    expect(linesOf(samples, 'netstat_process_tcp_connections')).toEqual(
      expect.arrayContaining([
        'process="nginx",services="nginx.service",state="listen" 2',
        'process="nginx",services="nginx.service",state="established" 2',
        'process="nginx",services="nginx.service",state="close_wait" 1',
      ]),
    );
  });

  it('belong to _none without an owner, and to _unknown where the owner cannot be found', () => {
    expect(linesOf(samples, 'netstat_process_tcp_connections')).toEqual(
      expect.arrayContaining(['process="_none",state="time_wait" 1', 'process="_unknown",state="established" 1']),
    );
  });

  it('are counted by listening port, all others as _other', () => {
    expect(linesOf(samples, 'netstat_port_tcp_connections')).toEqual([
      'port="443",state="listen" 2',
      'port="443",state="established" 2',
      'port="443",state="close_wait" 0',
      'port="443",state="time_wait" 1',
      'port="_other",state="listen" 0',
      'port="_other",state="established" 1',
      'port="_other",state="close_wait" 1',
    ]);
    expect(linesOf(samples, 'netstat_port_udp_endpoints')).toEqual(['port="53" 2', 'port="_other" 1']);
  });
});

describe('settings', () => {
  it('give a configured port its own series, whatever it is used for', () => {
    const settings = {
      ...DEFAULT_SETTINGS,
      portInclude: [
        { first: 40_000, last: 40_000 },
        { first: 9, last: 9 },
      ],
    };
    const samples = aggregate(snapshotOf(WEB_SERVER), settings);
    expect(linesOf(samples, 'netstat_port_tcp_connections')).toContain('port="40000",state="close_wait" 1');
    expect(sumOf(samples, 'netstat_port_tcp_connections', { port: '9' })).toBe(0);
    expect(linesOf(samples, 'netstat_port_tcp_connections').join()).not.toContain('"9"');
  });

  it('never fold a configured port', () => {
    const settings = { ...DEFAULT_SETTINGS, portLimit: 0, portInclude: [{ first: 443, last: 443 }] };
    const samples = aggregate(snapshotOf(WEB_SERVER), settings);
    expect(sumOf(samples, 'netstat_port_tcp_connections', { port: '443' })).toBe(5);
    expect(linesOf(samples, 'netstat_port_udp_endpoints')).toEqual(['port="_other" 3']);
    expect(samples.foldedGroups.port).toBe(1);
  });

  it('separate processes of one name by their id when asked to', () => {
    const samples = aggregate(snapshotOf(WEB_SERVER), { ...DEFAULT_SETTINGS, pidLabel: true });
    expect(sumOf(samples, 'netstat_process_tcp_connections', { process: 'nginx', pid: '11' })).toBe(2);
  });

  it('move an excluded process to _other and say nothing of a limit', () => {
    const samples = aggregate(snapshotOf(WEB_SERVER), { ...DEFAULT_SETTINGS, processExclude: /^(?:nginx)$/u });
    expect(sumOf(samples, 'netstat_process_tcp_connections', { process: '_other' })).toBe(5);
    expect(sumOf(samples, 'netstat_process_tcp_connections', { process: 'nginx' })).toBe(0);
    expect(samples.foldedGroups.process).toBe(0);
  });

  it('show first those that listen, then those with the most endpoints', () => {
    const rows: SnapshotRows = {
      tcp4: [
        ['established', '192.0.2.1', 40_000, '192.0.2.2', 80, 1],
        ['established', '192.0.2.1', 40_001, '192.0.2.2', 80, 1],
        ['established', '192.0.2.1', 40_002, '192.0.2.2', 80, 2],
        ['listen', '0.0.0.0', 22, '0.0.0.0', 0, 3],
      ],
      processes: [
        [1, 'busy'],
        [2, 'quiet'],
        [3, 'sshd'],
      ],
    };
    const shown = (processLimit: number): string[] =>
      ['sshd', 'busy', 'quiet'].filter((process) => {
        const samples = aggregate(snapshotOf(rows), { ...DEFAULT_SETTINGS, processLimit });
        return sumOf(samples, 'netstat_process_tcp_connections', { process }) !== 0;
      });
    expect([shown(0), shown(1), shown(2), shown(3)]).toEqual([
      [],
      ['sshd'],
      ['sshd', 'busy'],
      ['sshd', 'busy', 'quiet'],
    ]);
    expect(aggregate(snapshotOf(rows), { ...DEFAULT_SETTINGS, processLimit: 1 }).foldedGroups.process).toBe(2);
  });

  it('take a process that waits on a UDP port for one that listens', () => {
    const rows: SnapshotRows = {
      tcp4: [
        ['established', '192.0.2.1', 40_000, '192.0.2.2', 80, 1],
        ['established', '192.0.2.1', 40_001, '192.0.2.2', 80, 1],
      ],
      udp4: [
        ['0.0.0.0', 53, 2],
        ['0.0.0.0', 40_000, 1],
      ],
      processes: [
        [1, 'busy'],
        [2, 'named'],
      ],
    };
    const samples = aggregate(snapshotOf(rows), { ...DEFAULT_SETTINGS, processLimit: 1 });
    expect(linesOf(samples, 'netstat_process_udp_endpoints')).toEqual(['process="named" 1', 'process="_other" 1']);
  });

  it('take the ephemeral range from the user, too', () => {
    const settings = { ...DEFAULT_SETTINGS, ephemeralRange: { first: 50, last: 60 } };
    expect(linesOf(aggregate(snapshotOf(WEB_SERVER), settings), 'netstat_port_udp_endpoints')).toEqual([
      'port="40000" 1',
      'port="_other" 2',
    ]);
  });

  it('leave out the groups that are not wanted', () => {
    const samples = aggregate(snapshotOf(WEB_SERVER), {
      ...DEFAULT_SETTINGS,
      groups: new Set(['connections'] as const),
    });
    expect(namesOf(samples)).toEqual(['netstat_tcp_connections', 'netstat_udp_endpoints']);
  });
});

describe('the ephemeral range', () => {
  const bound: SnapshotRows = {
    udp4: [
      ['0.0.0.0', 53, 1],
      ['0.0.0.0', 40_000, 1],
      ['0.0.0.0', 40_001, 1],
    ],
  };
  const portsWith = (...ranges: readonly EphemeralRange[]): readonly string[] =>
    linesOf(
      aggregate({ ...snapshotOf(bound), ephemeralRanges: ranges }, DEFAULT_SETTINGS),
      'netstat_port_udp_endpoints',
    );
  const range = {
    protocol: 'udp',
    family: 'ipv4',
    first: 40_000,
    last: 50_000,
    source: 'procfs',
    reserved: [],
  } as const;

  it('does not have the ports that the OS reserves in it', () => {
    const reserved = [{ first: 40_001, last: 40_001 }];
    expect(portsWith({ ...range, reserved })).toEqual(['port="53" 1', 'port="40001" 1', 'port="_other" 1']);
  });

  it('is that of the protocol and family', () => {
    const all = ['port="53" 1', 'port="40000" 1', 'port="40001" 1'];
    expect(portsWith({ ...range, protocol: 'tcp' })).toEqual(all);
    expect(portsWith({ ...range, family: 'ipv6' })).toEqual(all);
    expect(portsWith(range)).toEqual(['port="53" 1', 'port="_other" 2']);
  });

  it('must be known before UDP ports are told apart', () => {
    const { ephemeralRanges: _, parts, ...snapshot } = snapshotOf(bound);
    const { ephemeral_range: __, ...others } = parts;
    expect(namesOf(aggregate({ ...snapshot, parts: others }, DEFAULT_SETTINGS))).not.toContain(
      'netstat_port_udp_endpoints',
    );
  });
});

describe('the slack of a table', () => {
  it('is not counted', () => {
    const snapshot = snapshotOf(WEB_SERVER);
    const { tcp4, udp4 } = snapshot.tables;
    const tables = { ...(tcp4 && { tcp4: { ...tcp4, length: 0 } }), ...(udp4 && { udp4: { ...udp4, length: 1 } }) };
    const samples = aggregate({ ...snapshot, tables: { ...snapshot.tables, ...tables } }, DEFAULT_SETTINGS);
    expect(linesOf(samples, 'netstat_port_tcp_connections')).toEqual([
      'port="443",state="listen" 1',
      'port="443",state="established" 0',
      'port="443",state="close_wait" 0',
    ]);
    expect(linesOf(samples, 'netstat_port_udp_endpoints')).toEqual(['port="53" 2']);
    expect(sumOf(samples, 'netstat_tcp_connections')).toBe(1);
  });
});

describe('a part that cannot be read', () => {
  const statistics = {
    tcp4: { activeOpens: 1 },
    tcp6: { activeOpens: 2 },
    udp4: { datagramsSent: 3 },
    udp6: { datagramsSent: 4 },
  };
  const whole = snapshotOf({ ...WEB_SERVER, os: 'windows', statistics });
  const parts = Object.keys(whole.parts).filter((part) => part !== 'services') as Part[];

  it.each(parts)('takes away what needs %s, and nothing else', (part) => {
    const before = aggregate(whole, DEFAULT_SETTINGS);
    const after = aggregate(withFailedPart(whole, part), DEFAULT_SETTINGS);
    for (const name of namesOf(before)) expect(linesOf(after, name), name).toEqual(linesLeft(before, name, [part]));
    expect(after.parts[part]?.error?.code).toBe('5');
  });

  it('takes nothing away when the host does not have it', () => {
    const { tcp6, udp6, ...parts } = whole.parts;
    const { tcp4, udp4 } = whole.tables;
    const ipv4Only = { ...whole, parts, tables: { ...(tcp4 && { tcp4 }), ...(udp4 && { udp4 }) } };
    const samples = aggregate(ipv4Only, DEFAULT_SETTINGS);
    expect([tcp6, udp6]).not.toContain(undefined);
    expect(sumOf(samples, 'netstat_process_tcp_connections', { state: 'listen' })).toBe(1);
    expect(sumOf(samples, 'netstat_tcp_connections', { family: 'ipv6' })).toBe(0);
    expect(linesOf(samples, 'netstat_tcp_connections').join()).not.toContain('ipv6');
  });
});
