// World 2 (the ABI stand-in): GetTcpStatisticsEx2 and GetUdpStatisticsEx2, called through koffi.

import { expect, test } from 'vitest';
import { describeOnStandin, readOnce } from './open-standin.ts';

const TCP_MEMBERS = [4, 300, 120_000, 2000, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21];
const TCP = {
  rtoAlgorithm: 4,
  rtoMinMs: 300,
  rtoMaxMs: 120_000,
  maxConnections: 2000,
  activeOpens: 11,
  passiveOpens: 12,
  attemptFails: 13,
  establishedResets: 14,
  currentEstablished: 15,
  segmentsReceived: 16,
  segmentsSent: 17,
  segmentsRetransmitted: 18,
  receiveErrors: 19,
  resetsSent: 20,
  currentConnections: 21,
};
const UDP_MEMBERS = [31, 32, 33, 34, 35];
const UDP = { datagramsReceived: 31, datagramsNoPort: 32, receiveErrors: 33, datagramsSent: 34, currentEndpoints: 35 };

const plusHundred = (members: readonly number[]) => members.map((member) => member + 100);
const STATISTICS = ['tcp4', 'tcp6', 'udp4', 'udp6'] as const;

describeOnStandin('the statistics', (standin) => {
  test('of each protocol and family are read field by field', () => {
    standin.statistics('tcp4', { members: TCP_MEMBERS });
    standin.statistics('tcp6', { members: plusHundred(TCP_MEMBERS) });
    standin.statistics('udp4', { members: UDP_MEMBERS });
    standin.statistics('udp6', { members: plusHundred(UDP_MEMBERS) });
    const { statistics, parts } = readOnce(standin.libraries);
    expect(statistics.tcp4).toEqual(TCP);
    expect(statistics.tcp6).toEqual(
      Object.fromEntries(Object.entries(TCP).map(([field, value]) => [field, value + 100])),
    );
    expect(statistics.udp4).toEqual(UDP);
    expect(statistics.udp6).toMatchObject({ datagramsReceived: 131, datagramsSent: 134, currentEndpoints: 135 });
    for (const name of STATISTICS) expect(parts[`${name}_statistics`]).toEqual({ durationMs: expect.any(Number) });
  });

  test('count segments and datagrams beyond 32 bits', () => {
    standin.statistics('tcp6', { members: TCP_MEMBERS.with(9, 2 ** 32 + 5).with(10, 2 ** 52 + 7) });
    standin.statistics('udp4', { members: UDP_MEMBERS.with(0, 2 ** 40 + 3).with(3, 2 ** 33 - 1) });
    const { statistics } = readOnce(standin.libraries);
    expect(statistics.tcp6).toEqual({ ...TCP, segmentsReceived: 2 ** 32 + 5, segmentsSent: 2 ** 52 + 7 });
    expect(statistics.udp4).toEqual({ ...UDP, datagramsReceived: 2 ** 40 + 3, datagramsSent: 2 ** 33 - 1 });
  });

  test('are unsigned: a counter past its half is not negative', () => {
    standin.statistics('udp4', { members: [2n ** 63n, 0xffff_fffe, 0, 0, 0] });
    const { udp4 } = readOnce(standin.libraries).statistics;
    expect(udp4).toMatchObject({ datagramsReceived: 2 ** 63, datagramsNoPort: 0xffff_fffe });
  });

  test('have no greatest number of connections when it is dynamic', () => {
    standin.statistics('tcp4', { members: TCP_MEMBERS.with(3, 0xffff_ffff) });
    expect(readOnce(standin.libraries).statistics.tcp4).not.toHaveProperty('maxConnections');
  });

  test('keep an unknown retransmission algorithm as its number', () => {
    standin.statistics('tcp4', { members: TCP_MEMBERS.with(0, 99) });
    expect(readOnce(standin.libraries).statistics.tcp4?.rtoAlgorithm).toBe(99);
  });

  test('of IPv6 are absent, and no failure, where Windows does not support the family (50)', () => {
    standin.statistics('tcp6', { code: 50 });
    standin.statistics('udp6', { code: 50 });
    const { statistics, parts } = readOnce(standin.libraries);
    expect(Object.keys(statistics)).toEqual(['tcp4', 'udp4']);
    expect(parts).not.toHaveProperty('tcp6_statistics');
    expect(parts).not.toHaveProperty('udp6_statistics');
  });

  test.each([
    ['tcp4', 'GetTcpStatisticsEx2(AF_INET)'],
    ['udp4', 'GetUdpStatisticsEx2(AF_INET)'],
  ] as const)('of %s fail when Windows does not support the family: there is no other', (name, call) => {
    standin.statistics(name, { code: 50 });
    const { statistics, parts } = readOnce(standin.libraries);
    expect(statistics).not.toHaveProperty(name);
    expect(parts[`${name}_statistics`]?.error).toEqual({ code: '50', message: `${call} failed: 50 (0x0032)` });
  });

  test.each([
    ['tcp6', 'GetTcpStatisticsEx2(AF_INET6)'],
    ['udp6', 'GetUdpStatisticsEx2(AF_INET6)'],
  ] as const)('of %s that fail are a failure of that part alone, never zeros', (name, call) => {
    standin.text(87, 'Falscher Parameter für „%1“.\r\n');
    standin.statistics(name, { code: 87 });
    const { statistics, parts } = readOnce(standin.libraries);
    expect(statistics).not.toHaveProperty(name);
    expect(parts[`${name}_statistics`]?.error).toEqual({
      code: '87',
      message: `${call} failed: 87 (Falscher Parameter für „%1“.)`,
    });
    expect(Object.values(parts).filter((part) => part.error !== undefined)).toHaveLength(1);
  });
});
