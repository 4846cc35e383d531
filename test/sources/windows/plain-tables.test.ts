// World 2 (the ABI stand-in): GetTcpTable and its siblings, which tell no owners, where the extended tables are refused.

import { expect, test } from 'vitest';
import { UNKNOWN_PID } from '../../../src/model/sockets.ts';
import { MAX_RETRIES } from '../../../src/sources/windows/growing-buffer.ts';
import type { Endpoint, TableAnswer } from '../../worlds/standin/standin.ts';
import { describeOnStandin, failedParts, openSource, readOnce } from './open-standin.ts';
import { rows } from './table-rows.ts';

const TABLES = ['tcp4', 'tcp6', 'udp4', 'udp6'] as const;
const EXTENDED = {
  tcp4: 'GetExtendedTcpTable',
  tcp6: 'GetExtendedTcpTable',
  udp4: 'GetExtendedUdpTable',
  udp6: 'GetExtendedUdpTable',
};
const PLAIN = { tcp4: 'GetTcpTable', tcp6: 'GetTcp6Table', udp4: 'GetUdpTable', udp6: 'GetUdp6Table' };

const REFUSALS = TABLES.flatMap((name) =>
  [5, 50, 87, 120].filter((code) => code !== 50 || name.endsWith('4')).map((code) => [name, code] as const),
);
const ACCESS_DENIED: TableAnswer = { code: 5 };
const NO_DATA = 232;
const GENERAL_FAILURE = 31;
const INSUFFICIENT_BUFFER = 122;
const UNSUCCESSFUL = 0xc000_0001;

const LISTENER: Endpoint = { state: 2, localPort: 443, pid: 77 };
const LINK_LOCAL = [0xfe, 0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1];

function endlessly(code: number): TableAnswer[] {
  return Array.from({ length: MAX_RETRIES + 1 }, () => ({ code, sizeBytes: 100 }));
}

describeOnStandin('a table whose owners Windows does not tell', (standin) => {
  test.each(REFUSALS)('is read without them: %s, refused with %i', (name, code) => {
    standin.text(code, 'That is not to be had.\r\n');
    standin.table(name, { code });
    standin.table(`plain_${name}`, { endpoints: [LISTENER, { state: 5, localPort: 50_000 }] });

    const snapshot = readOnce(standin.libraries);

    const table = snapshot.tables[name];
    expect(table && rows(table)).toMatchObject([
      { localPort: 443, pid: UNKNOWN_PID },
      { localPort: 50_000, pid: UNKNOWN_PID },
    ]);
    expect(failedParts(snapshot)).toEqual({ [name]: String(code) });
    const message = snapshot.parts[name]?.error?.message ?? '';
    expect(message).toContain(`${EXTENDED[name]}(`);
    expect(message).toContain(`failed: ${code} (That is not to be had.)`);
    expect(message).toMatch(/owner/);
  });

  test('is as Windows lays it out', () => {
    for (const name of TABLES) standin.table(name, ACCESS_DENIED);
    const ipv4 = {
      localAddress: [10, 1, 2, 3],
      localPort: 0xabcd_0050,
      remoteAddress: [192, 0, 2, 9],
      remotePort: 0x1234_c350,
    };
    const ipv6 = {
      localAddress: LINK_LOCAL,
      localPort: 0xffff_01bb,
      localScope: 7,
      remoteAddress: LINK_LOCAL.with(15, 2),
      remotePort: 1,
      remoteScope: 9,
    };
    standin.table('plain_tcp4', { endpoints: [{ state: 8, ...ipv4 }] });
    standin.table('plain_tcp6', { endpoints: [{ state: 5, ...ipv6 }] });
    standin.table('plain_udp4', { endpoints: [ipv4] });
    standin.table('plain_udp6', { endpoints: [ipv6] });

    const { tcp4, tcp6, udp4, udp6 } = readOnce(standin.libraries).tables;

    const local4 = { localAddress: [10, 1, 2, 3], localPort: 80, localScope: 0, pid: UNKNOWN_PID };
    const local6 = { localAddress: LINK_LOCAL, localPort: 443, localScope: 7, pid: UNKNOWN_PID };
    const remote4 = { remoteAddress: [192, 0, 2, 9], remotePort: 50_000, remoteScope: 0 };
    const remote6 = { remoteAddress: LINK_LOCAL.with(15, 2), remotePort: 1, remoteScope: 9 };
    expect(tcp4 && rows(tcp4)).toEqual([{ state: 'close_wait', ...local4, ...remote4 }]);
    expect(tcp6 && rows(tcp6)).toEqual([{ state: 'established', ...local6, ...remote6 }]);
    expect(udp4 && rows(udp4)).toEqual([local4]);
    expect(udp6 && rows(udp6)).toEqual([local6]);
  });

  test('has no other end at a listener, and no state where Windows gives a number of its own', () => {
    standin.table('tcp6', ACCESS_DENIED);
    const garbage = { remoteAddress: LINK_LOCAL, remotePort: 99, remoteScope: 3 };
    standin.table('plain_tcp6', {
      endpoints: [
        { ...LISTENER, ...garbage },
        { state: 77, localPort: 1 },
      ],
    });
    const table = readOnce(standin.libraries).tables.tcp6;
    expect(table && rows(table)).toMatchObject([
      { state: 'listen', remotePort: 0, remoteScope: 0, remoteAddress: LINK_LOCAL.map(() => 0) },
      { state: 'unknown', localPort: 1 },
    ]);
  });

  test.each(TABLES)('is asked for unsorted, once: %s', (name) => {
    standin.table(name, ACCESS_DENIED);
    readOnce(standin.libraries);
    expect(standin.tableCalls(`plain_${name}`)).toMatchObject([{ hasTable: true, sort: 0 }]);
    expect(standin.tableCalls(name)).toHaveLength(1);
  });

  test.each(TABLES)('has its owners again as soon as Windows tells them: %s', (name) => {
    standin.table(name, ACCESS_DENIED, { endpoints: [LISTENER] });
    standin.table(`plain_${name}`, { endpoints: [LISTENER] });
    const source = openSource(standin.libraries);
    const first = source.read();
    expect(first.tables[name]?.pid[0]).toBe(UNKNOWN_PID);
    const second = source.read(first);
    expect(second.tables[name]?.pid[0]).toBe(77);
    expect(failedParts(second)).toEqual({});
    expect(standin.tableCalls(`plain_${name}`)).toHaveLength(1);
  });

  test('has no owners either in the memory of a snapshot that had them', () => {
    standin.table('udp4', { endpoints: [LISTENER] }, ACCESS_DENIED);
    standin.table('plain_udp4', { endpoints: [LISTENER] });
    const source = openSource(standin.libraries);
    const first = source.read();
    expect(first.tables.udp4?.pid[0]).toBe(77);
    expect(source.read(first).tables.udp4?.pid[0]).toBe(UNKNOWN_PID);
  });

  test.each(TABLES)('may grow while it is read: %s', (name) => {
    standin.table(name, ACCESS_DENIED);
    const sizes = [5000, 10_000, 20_000].map((copies) => ({ endpoints: [LISTENER], copies }));
    standin.table(`plain_${name}`, { code: UNSUCCESSFUL }, ...sizes);
    const { tables, parts } = readOnce(standin.libraries);
    expect(tables[name]?.length).toBe(20_000);
    expect(parts[name]?.error?.code).toBe('5');
  });

  test.each(['tcp6', 'udp6'] as const)(
    'is absent, and no failure, where the other call says that there is no IPv6: %s',
    (name) => {
      standin.table(name, ACCESS_DENIED);
      standin.table(`plain_${name}`, { code: 50 });
      const snapshot = readOnce(standin.libraries);
      expect(snapshot.tables).not.toHaveProperty(name);
      expect(snapshot.parts).not.toHaveProperty(name);
    },
  );

  test.each(TABLES)('may be empty: %s', (name) => {
    standin.table(name, ACCESS_DENIED);
    standin.table(`plain_${name}`, { code: NO_DATA });
    const { tables, parts } = readOnce(standin.libraries);
    expect(tables[name]?.length).toBe(0);
    expect(parts[name]?.error?.code).toBe('5');
  });

  test.each(
    TABLES.flatMap(
      (name) =>
        [
          [name, 'with 31', [{ code: GENERAL_FAILURE }], /\b31\b/],
          [name, 'with 122 for ever', endlessly(INSUFFICIENT_BUFFER), /\b122\b.*after 8 retries/],
          [name, 'by telling more rows than it gives', [{ endpoints: [LISTENER], rowCount: 2 }], /2 rows/],
        ] as const,
    ),
  )('is no table when the other call fails as well: %s, %s', (name, _, answers, reason) => {
    standin.table(name, ACCESS_DENIED);
    standin.table(`plain_${name}`, ...answers);
    const snapshot = readOnce(standin.libraries);
    expect(snapshot.tables).not.toHaveProperty(name);
    expect(failedParts(snapshot)).toEqual({ [name]: '5' });
    const message = snapshot.parts[name]?.error?.message ?? '';
    expect(message).toContain(`${EXTENDED[name]}(`);
    expect(message).toMatch(reason);
    if (!message.includes('rows')) expect(message).toContain(`${PLAIN[name]} failed`);
  });
});

describeOnStandin('a table that fails with its owners is not asked for without them', (standin) => {
  test.each(
    TABLES.flatMap(
      (name) =>
        [
          [name, 'after 122 for ever', endlessly(INSUFFICIENT_BUFFER), '122'],
          [name, 'after 0xC0000001 for ever', endlessly(UNSUCCESSFUL), '0xC0000001'],
          [name, 'after too many rows', [{ endpoints: [LISTENER], rowCount: 2 }], 'malformed'],
          [name, 'after 31', [{ code: GENERAL_FAILURE }], '31'],
        ] as const,
    ),
  )('%s %s', (name, _, answers, code) => {
    standin.table(name, ...answers);
    const snapshot = readOnce(standin.libraries);
    expect(snapshot.tables).not.toHaveProperty(name);
    expect(failedParts(snapshot)).toEqual({ [name]: code });
    expect(standin.tableCalls(`plain_${name}`)).toEqual([]);
  });

  test.each(['tcp6', 'udp6'] as const)('%s where Windows does not support the family (50)', (name) => {
    standin.table(name, { code: 50 });
    const { tables, parts } = readOnce(standin.libraries);
    expect(tables).not.toHaveProperty(name);
    expect(parts).not.toHaveProperty(name);
    expect(standin.tableCalls(`plain_${name}`)).toEqual([]);
  });
});

describeOnStandin(
  'where Windows has no extended tables',
  (standin) => {
    test.each(TABLES)('%s is read without owners', (name) => {
      standin.table(`plain_${name}`, { endpoints: [LISTENER] });
      const { tables, parts } = readOnce(standin.libraries);
      const table = tables[name];
      expect(table && rows(table)).toMatchObject([{ localPort: 443, pid: UNKNOWN_PID }]);
      expect(parts[name]?.error?.code).toBe('unavailable');
      expect(parts[name]?.error?.message).toMatch(new RegExp(`finding ${EXTENDED[name]} in .*owner`));
    });
  },
  'bare',
);
