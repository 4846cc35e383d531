// World: fixtures. A whole host as a /proc of the test's own.
import { describe, expect, it } from 'vitest';
import type { Snapshot } from '../../../src/model/snapshot.ts';
import { openLinuxSource, tellsBound } from '../../../src/sources/linux/source.ts';
import type { SourceOptions } from '../../../src/sources/source.ts';
import { EVERYTHING } from '../../support/source-options.ts';
import { ProcfsTree } from './procfs-tree.ts';
import { tcpLines, udpLines } from './readable.ts';

/** A host with a web server, a resolver, and a connection of each kind. */
function host(): ProcfsTree {
  const tree = new ProcfsTree();
  tree.sockets(
    'tcp',
    { state: 10, local: ['0.0.0.0', 443], inode: 501 },
    { state: 3, local: ['10.0.0.1', 443], remote: ['10.0.0.9', 50_000] },
    { state: 6, local: ['10.0.0.1', 443], remote: ['10.0.0.9', 50_001] },
    { state: 1, local: ['10.0.0.1', 40_000], remote: ['10.0.0.8', 5432], inode: 999 },
  );
  tree.sockets('tcp6', { state: 8, local: ['::1', 443], remote: ['::1', 50_002], inode: 502 });
  tree.sockets('udp', { state: 7, local: ['127.0.0.53', 53], inode: 601 });
  tree.sockets('udp6', { state: 7, local: ['::', 5353], inode: 602 });
  tree.write('net/snmp', 'Tcp: MaxConn InSegs\nTcp: -1 17\nUdp: InDatagrams\nUdp: 4\n');
  tree.write('net/snmp6', 'Udp6InDatagrams 6\n');
  tree.write('stat', 'cpu 1 2 3\nbtime 1700000000\n');
  tree.write('sys/net/ipv4/ip_local_port_range', '32768\t60999\n');
  tree.write('sys/net/ipv4/ip_local_reserved_ports', '\n');
  tree.process(20, {
    startTime: 5,
    command: 'nginx',
    executable: '/usr/sbin/nginx (deleted)',
    cgroup: '0::/system.slice/nginx.service\n',
    descriptors: { 3: 501, 4: 502 },
  });
  tree.process(30, { startTime: 6, command: 'resolver', descriptors: { 3: 601, 4: 602 } });
  tree.process(40, { startTime: 7, command: 'bystander', descriptors: { 0: '/dev/null' } });
  return tree;
}

function read(tree: ProcfsTree, options: Partial<SourceOptions> = {}): Snapshot {
  return openLinuxSource({ ...EVERYTHING, ...options }, { procfsRoot: tree.root }).read();
}

function errors({ parts }: Snapshot): Record<string, string | undefined> {
  return Object.fromEntries(Object.entries(parts).map(([part, { error }]) => [part, error?.code]));
}

describe('a snapshot of a host', () => {
  it('has all endpoints with their owners, a handshake with that of its listener', () => {
    const { tables } = read(host());
    expect(tables.tcp4 && tcpLines(tables.tcp4)).toEqual([
      '0.0.0.0:443 -> 0.0.0.0:0 listen pid 20',
      '10.0.0.1:443 -> 10.0.0.9:50000 syn_received pid 20',
      '10.0.0.1:443 -> 10.0.0.9:50001 time_wait no pid',
      '10.0.0.1:40000 -> 10.0.0.8:5432 established unknown pid',
    ]);
    expect(tables.tcp6 && tcpLines(tables.tcp6)).toEqual(['[::1]:443 -> [::1]:50002 close_wait pid 20']);
    expect(tables.udp4 && udpLines(tables.udp4)).toEqual(['127.0.0.53:53 pid 30']);
    expect(tables.udp6 && udpLines(tables.udp6)).toEqual(['[::]:5353 pid 30']);
  });

  it('has the owning processes with names and units: the file of the program, or else the kernel name', () => {
    expect([...(read(host()).processes ?? [])]).toEqual([
      [20, { pid: 20, name: 'nginx', services: ['nginx.service'] }],
      [30, { pid: 30, name: 'resolver', services: [] }],
    ]);
  });

  it('has the statistics, the ranges, and when the host started', () => {
    const snapshot = read(host());
    expect(snapshot).toMatchObject({ os: 'linux', bootTimeMs: 1_700_000_000_000, hasBound: false });
    expect(snapshot.statistics).toEqual({
      tcp: { segmentsReceived: 17 },
      udp4: { datagramsReceived: 4 },
      udp6: { datagramsReceived: 6 },
    });
    expect(snapshot.ephemeralRanges).toHaveLength(4);
  });

  it('reports every part that was tried, and that the tables came from procfs', () => {
    const tree = host();
    const snapshot = read(tree);
    expect(errors(snapshot)).toEqual({
      tcp4: undefined,
      tcp6: undefined,
      udp4: undefined,
      udp6: undefined,
      processes: undefined,
      services: undefined,
      ephemeral_range: undefined,
      tcp_statistics: undefined,
      udp4_statistics: undefined,
      udp6_statistics: undefined,
    });
    expect(snapshot.parts.udp6?.fallback).toBe(
      `the network namespace of ${tree.root} cannot be read: read ${tree.root}/net/udp6 instead`,
    );
  });

  it('has nothing of IPv6 where the host has none', () => {
    const tree = host();
    for (const file of ['tcp6', 'udp6', 'snmp6']) tree.remove(`net/${file}`);
    const snapshot = read(tree);
    expect(Object.keys(snapshot.tables)).toEqual(['tcp4', 'udp4']);
    expect(Object.keys(snapshot.statistics)).toEqual(['tcp', 'udp4']);
    expect(Object.keys(snapshot.parts).filter((part) => part.includes('6'))).toEqual([]);
  });

  it('has the name of the program that a process runs now, and its name while it runs the same', () => {
    const tree = host();
    const source = openLinuxSource(EVERYTHING, { procfsRoot: tree.root });
    const name = () => source.read().processes?.get(30)?.name;
    expect(name()).toBe('resolver');
    tree.link('30/exe', '/usr/bin/other');
    expect(name()).toBe('resolver');
    const stat = `30 (other) S${' 0'.repeat(18)} 6 0 0\n`;
    tree.write('30/stat', stat);
    expect(name()).toBe('other');
    tree.process(30, { startTime: 7, command: 'other', executable: '/usr/bin/third', descriptors: { 3: 601 } });
    expect(name()).toBe('third');
    source.close();
  });
});

describe('a read that is given the spent snapshot', () => {
  it('tells what a fresh one tells, in the same memory, whatever stood there', () => {
    const tree = host();
    const source = openLinuxSource(EVERYTHING, { procfsRoot: tree.root });
    const first = source.read();
    tree.sockets('tcp', { state: 10, local: ['0.0.0.0', 80], inode: 502 }, { state: 1, local: ['10.0.0.1', 80] });
    tree.sockets('tcp6', { state: 10, local: ['::', 80], inode: 501 });
    tree.sockets('udp', { state: 7, local: ['127.0.0.1', 1], inode: 602 });
    tree.sockets(
      'udp6',
      ...Array.from({ length: 1_000 }, (_, i) => ({ state: 7, local: ['fe80::1', i + 1] as const })),
    );
    const { tables } = source.read(first);
    const fresh = read(tree).tables;
    expect(tables.tcp4 && tcpLines(tables.tcp4)).toEqual(fresh.tcp4 && tcpLines(fresh.tcp4));
    expect(tables.tcp6 && tcpLines(tables.tcp6)).toEqual(fresh.tcp6 && tcpLines(fresh.tcp6));
    expect(tables.udp4 && udpLines(tables.udp4)).toEqual(fresh.udp4 && udpLines(fresh.udp4));
    expect(tables.udp6 && udpLines(tables.udp6)).toEqual(fresh.udp6 && udpLines(fresh.udp6));
    expect(tables.tcp4?.length).toBe(2);
    expect(tables.tcp4?.pid.buffer).toBe(first.tables.tcp4?.pid.buffer);
  });

  it('leaves the snapshot before alone when it is not given it', () => {
    const tree = host();
    const source = openLinuxSource(EVERYTHING, { procfsRoot: tree.root });
    const first = source.read();
    const lines = first.tables.tcp4 && tcpLines(first.tables.tcp4);
    tree.sockets('tcp', { state: 10, local: ['0.0.0.0', 80], inode: 502 });
    source.read();
    expect(first.tables.tcp4 && tcpLines(first.tables.tcp4)).toEqual(lines);
  });
});

describe('what is not wanted', () => {
  it('is not read: tables', () => {
    const snapshot = read(host(), { tables: false });
    expect(snapshot.tables).toEqual({});
    expect(snapshot).not.toHaveProperty('processes');
    expect(Object.keys(snapshot.parts)).toEqual([
      'ephemeral_range',
      'tcp_statistics',
      'udp4_statistics',
      'udp6_statistics',
    ]);
  });

  it('is not read: processes, so that who owns a socket is unknown', () => {
    const snapshot = read(host(), { processes: false });
    expect(snapshot.tables.tcp4 && tcpLines(snapshot.tables.tcp4)).toEqual([
      '0.0.0.0:443 -> 0.0.0.0:0 listen unknown pid',
      '10.0.0.1:443 -> 10.0.0.9:50000 syn_received no pid',
      '10.0.0.1:443 -> 10.0.0.9:50001 time_wait no pid',
      '10.0.0.1:40000 -> 10.0.0.8:5432 established unknown pid',
    ]);
    expect(snapshot).not.toHaveProperty('processes');
    expect(snapshot.parts).not.toHaveProperty('processes');
    expect(snapshot.parts).not.toHaveProperty('services');
  });

  it('is not read: services', () => {
    const snapshot = read(host(), { services: false });
    expect(snapshot.processes?.get(20)?.services).toEqual([]);
    expect(snapshot.parts).not.toHaveProperty('services');
  });

  it('is not read: statistics and the range', () => {
    const snapshot = read(host(), { statistics: false, ephemeralRange: false });
    expect(snapshot.statistics).toEqual({});
    expect(snapshot).not.toHaveProperty('ephemeralRanges');
    expect(Object.keys(snapshot.parts)).toEqual(['tcp4', 'tcp6', 'udp4', 'udp6', 'processes', 'services']);
  });
});

describe('what cannot be read', () => {
  it('fails alone', () => {
    const tree = host();
    tree.write('net/udp', 'nonsense');
    tree.write('net/snmp', 'Tcp: InSegs\nTcp: 17\n');
    tree.remove('sys');
    tree.remove('stat');
    const snapshot = read(tree);
    expect(errors(snapshot)).toMatchObject({
      tcp4: undefined,
      udp4: 'malformed',
      udp6: undefined,
      tcp_statistics: undefined,
      udp4_statistics: 'malformed',
      ephemeral_range: 'ENOENT',
    });
    expect(Object.keys(snapshot.tables)).toEqual(['tcp4', 'tcp6', 'udp6']);
    expect(snapshot.statistics).not.toHaveProperty('udp4');
    expect(snapshot).not.toHaveProperty('ephemeralRanges');
    expect(snapshot.bootTimeMs).toBeLessThan(Date.now());
  });

  it('is everything where there is no procfs; then too a snapshot says so', () => {
    const tree = new ProcfsTree();
    tree.remove('.');
    const snapshot = read(tree);
    expect(errors(snapshot)).toEqual({
      tcp4: 'ENOENT',
      udp4: 'ENOENT',
      processes: 'ENOENT',
      services: 'processes',
      ephemeral_range: 'ENOENT',
      tcp_statistics: 'ENOENT',
      udp4_statistics: 'ENOENT',
    });
    expect(snapshot).toMatchObject({ tables: {}, statistics: {} });
    expect(snapshot).not.toHaveProperty('processes');
  });
});

describe('the bound endpoints', () => {
  it.each([
    ['6.8.0-31-generic', true],
    ['6.18.44', true],
    ['7.0.0', true],
    ['6.7.12', false],
    ['5.15.0-91-generic', false],
    ['unknown', false],
  ])('on kernel %s are told: %s', (release, told) => {
    expect(tellsBound(release)).toBe(told);
  });
});
