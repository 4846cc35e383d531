// World 2 (the ABI stand-in): GetExtendedTcpTable and GetExtendedUdpTable, called through koffi.

import { expect, test } from 'vitest';
import { INITIAL_BYTES, MAX_BYTES, MAX_RETRIES } from '../../../src/sources/windows/growing-buffer.ts';
import type { Endpoint } from '../../worlds/standin/endpoints.ts';
import { describeOnStandin, openSource, readOnce } from './open-standin.ts';
import { rows } from './table-rows.ts';

const INSUFFICIENT_BUFFER = 122;
const UNSUCCESSFUL = 0xc000_0001;
const GENERAL_FAILURE = 31;
const NOT_SUPPORTED = 50;
const NO_DATA = 232;

const TABLES = ['tcp4', 'tcp6', 'udp4', 'udp6'] as const;
const FAMILY_NUMBER = { tcp4: 2, tcp6: 23, udp4: 2, udp6: 23 };
const CALL = {
  tcp4: 'GetExtendedTcpTable(AF_INET, TCP_TABLE_OWNER_PID_ALL)',
  tcp6: 'GetExtendedTcpTable(AF_INET6, TCP_TABLE_OWNER_PID_ALL)',
  udp4: 'GetExtendedUdpTable(AF_INET, UDP_TABLE_OWNER_PID)',
  udp6: 'GetExtendedUdpTable(AF_INET6, UDP_TABLE_OWNER_PID)',
};

function endpoints(count: number): Endpoint[] {
  return Array.from({ length: count }, (_, index) => ({ state: 5, localPort: 1000, pid: index }));
}

describeOnStandin('the socket tables', (standin) => {
  test('are read as Windows lays them out', () => {
    const LINK_LOCAL = [0xfe, 0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1];
    const ipv4 = {
      localAddress: [10, 1, 2, 3],
      localPort: 0xabcd_0050,
      remoteAddress: [192, 0, 2, 9],
      remotePort: 50_000,
    };
    const ipv6 = {
      localAddress: LINK_LOCAL,
      localPort: 443,
      localScope: 7,
      remoteAddress: LINK_LOCAL,
      remotePort: 0xffff_0001,
    };
    standin.table('tcp4', { endpoints: [{ state: 8, ...ipv4, pid: 100 }] });
    standin.table('tcp6', { endpoints: [{ state: 5, ...ipv6, remoteScope: 9, pid: 101 }] });
    standin.table('udp4', { endpoints: [{ ...ipv4, pid: 102 }] });
    standin.table('udp6', { endpoints: [{ ...ipv6, pid: 103 }] });

    const { tables, hasBound, parts } = readOnce(standin.libraries);

    expect(tables.tcp4 && rows(tables.tcp4)).toMatchObject([
      { state: 'close_wait', localAddress: [10, 1, 2, 3], localPort: 80, pid: 100 },
    ]);
    expect(tables.tcp4 && rows(tables.tcp4)).toMatchObject([{ remoteAddress: [192, 0, 2, 9], remotePort: 50_000 }]);
    expect(tables.tcp6 && rows(tables.tcp6)).toMatchObject([
      { state: 'established', localScope: 7, localPort: 443, remoteScope: 9, remotePort: 1, pid: 101 },
    ]);
    expect(tables.tcp6 && rows(tables.tcp6)).toMatchObject([{ remoteAddress: LINK_LOCAL }]);
    expect(tables.udp4 && rows(tables.udp4)).toMatchObject([{ localPort: 80, pid: 102 }]);
    expect(tables.udp6 && rows(tables.udp6)).toMatchObject([{ localPort: 443, localScope: 7, pid: 103 }]);
    expect(hasBound).toBe(true);
    for (const part of TABLES) expect(parts[part]).toEqual({ durationMs: expect.any(Number) });
  });

  test.each(TABLES)('of %s is asked for unsorted, with its owners, and without a null query first', (name) => {
    readOnce(standin.libraries);
    expect(standin.tableCalls(name)).toEqual([
      {
        hasTable: true,
        sizeBytes: INITIAL_BYTES,
        sort: 0,
        family: FAMILY_NUMBER[name],
        tableClass: name.startsWith('tcp') ? 5 : 1,
        reserved: 0,
        turn: expect.any(Number),
      },
    ]);
  });

  test('that do not fit are read with a buffer that has room for more, which is kept for the next read', () => {
    standin.table('tcp4', { endpoints: endpoints(20_000) });
    const source = openSource(standin.libraries);
    expect(source.read().tables.tcp4?.length).toBe(20_000);
    expect(source.read().tables.tcp4?.length).toBe(20_000);

    const sizes = standin.tableCalls('tcp4').map((call) => call.sizeBytes);
    expect(sizes).toEqual([INITIAL_BYTES, expect.any(Number), expect.any(Number)]);
    expect(sizes[1]).toBeGreaterThan(4 + 20_000 * 24);
    expect(sizes[2]).toBe(sizes[1]);
  });

  test('that have shrunk since let the buffer go that they needed, though a call fails', () => {
    standin.table(
      'tcp4',
      { endpoints: endpoints(20_000) },
      { endpoints: endpoints(20_000) },
      { endpoints: endpoints(4_500) },
    );
    standin.table('tcp6', { code: 5 });
    standin.table('plain_tcp6', { code: 5 });
    const source = openSource(standin.libraries);
    for (let read = 0; read < 4; read++) expect(source.read().parts.tcp4).not.toHaveProperty('error');

    // The first read asks twice, the second one finds the small table.
    const sizes = standin.tableCalls('tcp4').map((call) => call.sizeBytes);
    const roomBytes = 4 * Math.ceil((1.25 * (4 + 4_500 * 24)) / 4);
    expect(sizes).toEqual([INITIAL_BYTES, sizes[1], sizes[1], roomBytes, roomBytes]);
  });

  test('that have shrunk to less than the first buffer have one of its size again', () => {
    standin.table('udp4', { endpoints: endpoints(20_000) }, { endpoints: endpoints(20_000) }, { endpoints: [] });
    const source = openSource(standin.libraries);
    for (let read = 0; read < 3; read++) source.read();
    expect(standin.tableCalls('udp4').at(-1)?.sizeBytes).toBe(INITIAL_BYTES);
  });

  test('that are smaller by less than a quarter of the room keep it', () => {
    standin.table(
      'tcp4',
      { endpoints: endpoints(20_000) },
      { endpoints: endpoints(20_000) },
      { endpoints: endpoints(5_500) },
    );
    const source = openSource(standin.libraries);
    for (let read = 0; read < 4; read++) source.read();
    const sizes = standin.tableCalls('tcp4').map((call) => call.sizeBytes);
    expect(new Set(sizes.slice(1)).size).toBe(1);
  });

  test.each([
    ['tcp4', 24],
    ['tcp6', 56],
  ] as const)('of a million rows are read: %s, %i MB', (name, _megabytes) => {
    standin.table(name, { endpoints: [{ state: 5, localPort: 443, remotePort: 9 }], copies: 1_000_000 });
    const { tables, parts } = readOnce(standin.libraries);
    expect(parts[name]).not.toHaveProperty('error');
    expect(tables[name]).toMatchObject({ length: 1_000_000 });
    expect(tables[name]?.pid.subarray(0, 1_000_000).every((pid, row) => pid === row)).toBe(true);
    expect(tables[name]?.localPort.subarray(0, 1_000_000).every((port) => port === 443)).toBe(true);
  });

  test('keep a state that nobody documented as unknown', () => {
    const states = [0, 13, 100, 0xffff_ffff];
    const endpoints = states.map((state) => ({ state, localPort: 1, pid: 8 }));
    for (const name of ['tcp4', 'tcp6'] as const) standin.table(name, { endpoints });
    const { tcp4, tcp6 } = readOnce(standin.libraries).tables;
    for (const table of [tcp4, tcp6]) {
      expect(table && rows(table).map(({ state }) => state)).toEqual(states.map(() => 'unknown'));
    }
  });

  test('keep an owner that is gone by the time that the processes are read', () => {
    standin.table('udp6', { endpoints: [{ localPort: 53, pid: 4242 }] });
    const { tables, processes } = readOnce(standin.libraries);
    expect(tables.udp6 && rows(tables.udp6)).toMatchObject([{ localPort: 53, pid: 4242 }]);
    expect(processes?.has(4242)).toBe(false);
  });

  test('of one read are not changed by the next', () => {
    standin.table('tcp4', { endpoints: [{ localPort: 1, pid: 11 }] }, { endpoints: [{ localPort: 2, pid: 22 }] });
    const source = openSource(standin.libraries);
    const first = source.read();
    source.read();
    expect(first.tables.tcp4 && rows(first.tables.tcp4)).toMatchObject([{ localPort: 1, pid: 11 }]);
  });

  test('of a spent snapshot give their memory to the next', () => {
    standin.table('tcp4', { endpoints: [{ localPort: 1, pid: 11 }] }, { endpoints: [{ localPort: 2, pid: 22 }] });
    const source = openSource(standin.libraries);
    const first = source.read();
    const second = source.read(first);
    expect(second.tables.tcp4 && rows(second.tables.tcp4)).toMatchObject([{ localPort: 2, pid: 22 }]);
    expect(second.tables.tcp4?.pid.buffer).toBe(first.tables.tcp4?.pid.buffer);
  });

  test.each(TABLES)('of %s that grow from call to call are caught up with', (name) => {
    const growing = [5000, 10_000, 20_000, 40_000].map((count) => ({ endpoints: endpoints(count) }));
    standin.table(name, ...growing);
    const table = readOnce(standin.libraries).tables[name];
    expect(table?.length).toBe(40_000);
    expect(table?.pid[39_999]).toBe(39_999);
  });

  test('are given 32 KiB at first, and 64 MiB at most', () => {
    expect([INITIAL_BYTES, MAX_BYTES]).toEqual([32_768, 67_108_864]);
  });

  test('grow the buffer geometrically, though Windows asks for a little more each time', () => {
    const asks = Array.from({ length: 4 }, (_, index) => ({
      code: INSUFFICIENT_BUFFER,
      sizeBytes: INITIAL_BYTES + 100 * index,
    }));
    standin.table('udp4', ...asks, { endpoints: endpoints(3) });
    expect(readOnce(standin.libraries).tables.udp4?.length).toBe(3);
    expect(standin.tableCalls('udp4').map((call) => call.sizeBytes / INITIAL_BYTES)).toEqual([1, 2, 4, 8, 16]);
  });

  test.each([
    ['122', INSUFFICIENT_BUFFER],
    ['0xC0000001', UNSUCCESSFUL],
  ])('are asked for again after %s, at most eight times', (code, number) => {
    const failures = Array.from({ length: MAX_RETRIES }, () => ({ code: number, sizeBytes: 100 }));
    standin.table('tcp4', ...failures, { endpoints: endpoints(2) });
    standin.table('tcp6', ...failures, { code: number, sizeBytes: 100 });

    const { tables, parts } = readOnce(standin.libraries);

    expect(tables.tcp4?.length).toBe(2);
    expect(parts.tcp4).not.toHaveProperty('error');
    expect(tables).not.toHaveProperty('tcp6');
    expect(parts.tcp6?.error?.code).toBe(code);
    expect(parts.tcp6?.error?.message).toMatch(/ failed: .*; given up after 8 retries, with a buffer of \d+ bytes$/);
    expect(standin.tableCalls('tcp4')).toHaveLength(1 + MAX_RETRIES);
    expect(standin.tableCalls('tcp6')).toHaveLength(1 + MAX_RETRIES);
  });

  test('are asked for again in the same buffer after 0xC0000001, which says nothing about a size', () => {
    standin.table('tcp4', { code: UNSUCCESSFUL }, { code: UNSUCCESSFUL, sizeBytes: 99_999_999 }, { endpoints: [] });
    readOnce(standin.libraries);
    const sizes = standin.tableCalls('tcp4').map((call) => call.sizeBytes);
    expect(sizes).toEqual([INITIAL_BYTES, INITIAL_BYTES, INITIAL_BYTES]);
  });

  test('that need more than the limit are a failure, and are not asked for again', () => {
    standin.table('tcp4', { code: INSUFFICIENT_BUFFER, sizeBytes: MAX_BYTES + 4 });
    const { tables, parts } = readOnce(standin.libraries);
    expect(tables).not.toHaveProperty('tcp4');
    expect(parts.tcp4?.error?.message).toContain(`${MAX_BYTES + 4} bytes are needed, the limit is ${MAX_BYTES}`);
    expect(standin.tableCalls('tcp4')).toHaveLength(1);
  });

  test('never make the buffer larger than the limit', () => {
    standin.table('udp6', { code: INSUFFICIENT_BUFFER, sizeBytes: MAX_BYTES }, { endpoints: endpoints(1) });
    expect(readOnce(standin.libraries).tables.udp6?.length).toBe(1);
    expect(standin.tableCalls('udp6').map((call) => call.sizeBytes)).toEqual([INITIAL_BYTES, MAX_BYTES]);
  });

  test.each(TABLES)('of %s without data (232) are empty', (name) => {
    standin.table(name, { code: NO_DATA });
    const { tables, parts } = readOnce(standin.libraries);
    expect(tables[name]).toMatchObject({ length: 0, family: name.endsWith('4') ? 'ipv4' : 'ipv6' });
    expect(parts[name]).not.toHaveProperty('error');
  });

  test('of IPv6 are absent, and no failure, where Windows does not support the family (50)', () => {
    standin.table('tcp6', { code: NOT_SUPPORTED });
    standin.table('udp6', { code: NOT_SUPPORTED });
    const { tables, parts } = readOnce(standin.libraries);
    expect(Object.keys(tables)).toEqual(['tcp4', 'udp4']);
    expect(parts).not.toHaveProperty('tcp6');
    expect(parts).not.toHaveProperty('udp6');
  });

  test.each(TABLES)('of %s that fail are a failure of that part alone, with the text of the system', (name) => {
    standin.text(GENERAL_FAILURE, 'A device does not function.\r\n');
    standin.table(name, { code: GENERAL_FAILURE });
    const { tables, parts } = readOnce(standin.libraries);
    expect(tables).not.toHaveProperty(name);
    expect(parts[name]?.error).toEqual({
      code: '31',
      message: `${CALL[name]} failed: 31 (A device does not function.)`,
    });
    expect(Object.values(parts).filter((part) => part.error !== undefined)).toHaveLength(1);
  });

  test.each(TABLES)('of %s that say they have more rows than they gave are malformed', (name) => {
    standin.table(name, { endpoints: endpoints(3), rowCount: 4 });
    const { tables, parts } = readOnce(standin.libraries);
    expect(tables).not.toHaveProperty(name);
    expect(parts[name]?.error?.code).toBe('malformed');
    expect(parts[name]?.error?.message).toContain('says that it has 4 rows');
  });

  test('are not read beyond the bytes that Windows says it gave, which need not be the size that it asked for', () => {
    standin.table('tcp4', { endpoints: endpoints(3), sizeBytes: 4 + 2 * 24 });
    standin.table('udp4', { endpoints: endpoints(3), sizeBytes: 4 + 3 * 12 + 8 });
    standin.table('udp6', { endpoints: endpoints(3), sizeBytes: 0xffff_ffff, rowCount: 1_000_000 });
    const { tables, parts } = readOnce(standin.libraries);
    expect(parts.tcp4?.error?.code).toBe('malformed');
    expect(tables.udp4?.length).toBe(3);
    expect(parts.udp6?.error?.code).toBe('malformed');
  });
});
