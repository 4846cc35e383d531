// Counting rows, against maps that are filled row by row.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addBoundPorts, addListeningPorts, countTcp, countUdp } from '../../../src/metrics/counting/count.ts';
import { PID_ROW_BITS, PidCounts, UDP_COLUMN, UDP_LISTENER_COLUMN } from '../../../src/metrics/counting/pid-counts.ts';
import { PORTS, PortCounts } from '../../../src/metrics/counting/port-counts.ts';
import { createTcpTable, createUdpTable, type TcpTable, type UdpTable } from '../../../src/model/sockets.ts';
import { TCP_STATE_CODE, TCP_STATES } from '../../../src/model/states.ts';

interface Row {
  readonly pid: number;
  readonly port: number;
  readonly state: number;
}

/** Few ids, so that they come again; the largest and those of Windows; and more than the table of processes has room for at first. */
const pid = fc.oneof(
  fc.constantFrom(0, 4, 0xffff_ffff, 0x8000_0000),
  fc.nat({ max: 2_000 }).map((number) => number * 4),
);
const row: fc.Arbitrary<Row> = fc.record({
  pid,
  port: fc.nat({ max: 300 }),
  state: fc.nat({ max: TCP_STATES.length - 1 }),
});
const rows = fc.array(row, { maxLength: 3_000, size: 'max' });
const EPHEMERAL = new Uint8Array(PORTS).fill(1, 100, 200);

describe('counting', () => {
  test('counts each TCP endpoint once by state, by process and by port that is listened on', () => {
    const [pids, ports] = [new PidCounts(), new PortCounts(TCP_STATES.length)];
    fc.assert(
      fc.property(rows, rows, (ipv4, ipv6) => {
        pids.clear();
        ports.clear();
        const tables = [tcpTable('ipv4', ipv4), tcpTable('ipv6', ipv6)];
        for (const table of tables) addListeningPorts(table, ports);
        const states = tables.map((table) => countTcp(table, pids, ports));

        const all = [...ipv4, ...ipv6];
        const listening = new Set(all.filter(({ state }) => state === TCP_STATE_CODE.listen).map(({ port }) => port));
        expect(states.map((counts) => [...counts])).toEqual([ipv4, ipv6].map(byState));
        expect(countsOf(pids, 0, TCP_STATES.length)).toEqual(grouped(all, (one) => one.pid));
        expect([...ports.ports].sort()).toEqual([...listening].sort());
        for (const port of listening)
          expect([...ports.row(port)]).toEqual(byState(all.filter((one) => one.port === port)));
        expect([...ports.other]).toEqual(byState(all.filter((one) => !listening.has(one.port))));
      }),
      { numRuns: 60 },
    );
  });

  test('counts each UDP endpoint once by process and by port outside of the ephemeral ones', () => {
    const [pids, ports] = [new PidCounts(), new PortCounts(1)];
    fc.assert(
      fc.property(rows, (all) => {
        pids.clear();
        ports.clear();
        const table = udpTable(all);
        addBoundPorts(table, EPHEMERAL, ports);
        countUdp(table, EPHEMERAL, pids, ports);

        const bound = all.filter(({ port }) => EPHEMERAL[port] === 0);
        expect(countsOf(pids, UDP_COLUMN, UDP_COLUMN + 1)).toEqual(sizes(all, (one) => one.pid));
        const listeners = [...countsOf(pids, UDP_LISTENER_COLUMN, UDP_LISTENER_COLUMN + 1)];
        expect(new Map(listeners.filter(([, [count]]) => count !== 0))).toEqual(sizes(bound, (one) => one.pid));
        expect(new Map(ports.ports.map((port) => [port, [...ports.row(port)]]))).toEqual(
          sizes(bound, (one) => one.port),
        );
        expect(ports.ports.length).toBe(new Set(ports.ports).size);
        expect([...ports.other]).toEqual([all.length - bound.length]);
      }),
      { numRuns: 60 },
    );
  });
});

function tcpTable(family: 'ipv4' | 'ipv6', rows: readonly Row[]): TcpTable {
  const table = createTcpTable(family, rows.length);
  fill(table, rows);
  for (const [index, { state }] of rows.entries()) table.state[index] = state;
  return table;
}

function udpTable(rows: readonly Row[]): UdpTable {
  const table = createUdpTable('ipv4', rows.length);
  fill(table, rows);
  return table;
}

function fill(table: UdpTable, rows: readonly Row[]): void {
  for (const [index, { pid, port }] of rows.entries()) {
    table.pid[index] = pid;
    table.localPort[index] = port;
  }
}

function byState(rows: readonly Row[]): number[] {
  const counts = new Array<number>(TCP_STATES.length).fill(0);
  for (const { state } of rows) counts[state] = (counts[state] ?? 0) + 1;
  return counts;
}

function grouped(rows: readonly Row[], key: (row: Row) => number): Map<number, number[]> {
  const groups = Map.groupBy(rows, key);
  return new Map([...groups].map(([number, group]) => [number, byState(group)]));
}

function sizes(rows: readonly Row[], key: (row: Row) => number): Map<number, number[]> {
  return new Map([...Map.groupBy(rows, key)].map(([number, group]) => [number, [group.length]]));
}

/** Some columns of each process. */
function countsOf(pids: PidCounts, from: number, to: number): Map<number, number[]> {
  const counts = new Map<number, number[]>();
  pids.forEach((pid, slot) => {
    const offset = slot << PID_ROW_BITS;
    counts.set(pid, [...pids.counters.subarray(offset + from, offset + to)]);
  });
  return counts;
}
