// World 2 (the ABI stand-in): a scan that leaves SYN_RECEIVED behind, from the rows of Windows to the samples.

import { expect, test } from 'vitest';
import { aggregate } from '../../../src/metrics/aggregate.ts';
import type { Samples } from '../../../src/metrics/samples.ts';
import { linesOf, sumOf } from '../../support/samples.ts';
import { DEFAULT_SETTINGS } from '../../support/settings.ts';
import type { Endpoint } from '../../worlds/standin/endpoints.ts';
import { describeOnStandin, readOnce } from './open-standin.ts';

const LISTEN = 2;
const SYN_RECEIVED = 4;
const SCANNED = { pid: 1204, name: 'svchost.exe' };
const SYSTEM_PID = 4;
const HANDSHAKES = 300;
const IPV4 = [10, 0, 0, 5];
const IPV6 = [0x20, 1, 0xd, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 5];

/** A listener, and the handshakes that it has not ended: Windows gives these the process of the listener. */
function scanned(localPort: number, pid: number, localAddress: readonly number[]): readonly Endpoint[] {
  const remoteHost = localAddress.slice(0, -2);
  const handshakes = Array.from({ length: HANDSHAKES }, (_, index) => ({
    state: SYN_RECEIVED,
    localAddress,
    localPort,
    remoteAddress: [...remoteHost, 100 + (index >> 8), index & 0xff],
    remotePort: 40_000 + index,
    pid,
  }));
  return [{ state: LISTEN, localPort, pid }, ...handshakes];
}

describeOnStandin('a scan that never ends its handshakes', (standin) => {
  function samples(): Samples {
    return aggregate(readOnce(standin.libraries), DEFAULT_SETTINGS);
  }

  test('is told at the process, its services and the port that it is aimed at, on both families', () => {
    standin.queriedProcesses([SCANNED]);
    standin.services([{ pid: SCANNED.pid, name: 'TermService' }]);
    standin.table('tcp4', { endpoints: scanned(3389, SCANNED.pid, IPV4) });
    standin.table('tcp6', { endpoints: scanned(3389, SCANNED.pid, IPV6) });
    const told = samples();
    const owner = 'process="svchost.exe",services="TermService"';
    expect(linesOf(told, 'netstat_process_tcp_connections')).toEqual([
      `${owner},state="listen" 2`,
      `${owner},state="syn_received" ${2 * HANDSHAKES}`,
      `${owner},state="established" 0`,
      `${owner},state="close_wait" 0`,
    ]);
    expect(linesOf(told, 'netstat_port_tcp_connections')).toEqual([
      'port="3389",state="listen" 2',
      `port="3389",state="syn_received" ${2 * HANDSHAKES}`,
      'port="3389",state="established" 0',
      'port="3389",state="close_wait" 0',
    ]);
    for (const family of ['ipv4', 'ipv6'])
      expect(sumOf(told, 'netstat_tcp_connections', { family, state: 'syn_received' })).toBe(HANDSHAKES);
  });

  test('is that of System where the driver http.sys listens', () => {
    standin.table('tcp4', { endpoints: scanned(80, SYSTEM_PID, IPV4) });
    const wanted = { process: 'System', state: 'syn_received' };
    expect(sumOf(samples(), 'netstat_process_tcp_connections', wanted)).toBe(HANDSHAKES);
  });

  test('is no connection to a destination: the host has opened none of them', () => {
    standin.queriedProcesses([SCANNED]);
    standin.table('tcp4', { endpoints: scanned(3389, SCANNED.pid, IPV4) });
    expect(linesOf(samples(), 'netstat_destination_tcp_connections')).toEqual([]);
  });

  test('leaves nothing when it is over and its target has ended', () => {
    const { process, port } = { process: 'svchost.exe', port: '3389' };
    standin.queriedProcesses([SCANNED]);
    standin.table('tcp4', { endpoints: [] });
    expect(sumOf(samples(), 'netstat_process_tcp_connections', { process })).toBe(undefined);
    expect(sumOf(samples(), 'netstat_port_tcp_connections', { port })).toBe(undefined);
    expect(sumOf(samples(), 'netstat_tcp_connections', { state: 'syn_received' })).toBe(0);
  });
});
