// World 2 (the ABI stand-in): GetTcpStatisticsEx and GetUdpStatisticsEx, called through koffi.

import { expect, test } from 'vitest';
import { describeOnStandin, readOnce } from './open-standin.ts';

const TCP_WORDS = [4, 300, 120_000, 2000, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21];
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
const UDP_WORDS = [31, 32, 33, 34, 35];
const UDP = { datagramsReceived: 31, datagramsNoPort: 32, receiveErrors: 33, datagramsSent: 34, currentEndpoints: 35 };

const plusHundred = (words: readonly number[]) => words.map((word) => word + 100);
const STATISTICS = ['tcp4', 'tcp6', 'udp4', 'udp6'] as const;

describeOnStandin('the statistics', (standin) => {
  test('of each protocol and family are read field by field', () => {
    standin.statistics('tcp4', { words: TCP_WORDS });
    standin.statistics('tcp6', { words: plusHundred(TCP_WORDS) });
    standin.statistics('udp4', { words: UDP_WORDS });
    standin.statistics('udp6', { words: plusHundred(UDP_WORDS) });
    const { statistics, parts } = readOnce(standin.libraries);
    expect(statistics.tcp4).toEqual(TCP);
    expect(Object.values(statistics.tcp6 ?? {})).toEqual(plusHundred(Object.values(TCP)));
    expect(statistics.udp4).toEqual(UDP);
    expect(statistics.udp6).toMatchObject({ datagramsReceived: 131, datagramsSent: 134, currentEndpoints: 135 });
    for (const name of STATISTICS) expect(parts[`${name}_statistics`]).toEqual({ durationMs: expect.any(Number) });
  });

  test('are unsigned: a counter past two thousand million is not negative', () => {
    standin.statistics('udp4', { words: [0xffff_fffe, 0, 0, 0, 0] });
    expect(readOnce(standin.libraries).statistics.udp4?.datagramsReceived).toBe(0xffff_fffe);
  });

  test('have no greatest number of connections when it is dynamic', () => {
    standin.statistics('tcp4', { words: TCP_WORDS.with(3, 0xffff_ffff) });
    expect(readOnce(standin.libraries).statistics.tcp4).not.toHaveProperty('maxConnections');
  });

  test('keep an unknown retransmission algorithm as its number', () => {
    standin.statistics('tcp4', { words: TCP_WORDS.with(0, 99) });
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
    ['tcp4', 'GetTcpStatisticsEx(AF_INET)'],
    ['udp4', 'GetUdpStatisticsEx(AF_INET)'],
  ] as const)('of %s fail when Windows does not support the family: there is no other', (name, call) => {
    standin.statistics(name, { code: 50 });
    const { statistics, parts } = readOnce(standin.libraries);
    expect(statistics).not.toHaveProperty(name);
    expect(parts[`${name}_statistics`]?.error).toEqual({ code: '50', message: `${call} failed: 50 (0x0032)` });
  });

  test.each([
    ['tcp6', 'GetTcpStatisticsEx(AF_INET6)'],
    ['udp6', 'GetUdpStatisticsEx(AF_INET6)'],
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
