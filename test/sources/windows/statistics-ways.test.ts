// World 2 (the ABI stand-in): the three generations of functions for statistics, and Windows that lack the newer ones.

import { expect, test } from 'vitest';
import { describeOnStandin, failedParts, readOnce } from './open-standin.ts';

const STATISTICS = ['tcp4', 'tcp6', 'udp4', 'udp6'] as const;
const IPV4 = ['tcp4', 'udp4'] as const;
const IPV6 = ['tcp6', 'udp6'] as const;
const NEWEST = {
  tcp4: 'GetTcpStatisticsEx2',
  tcp6: 'GetTcpStatisticsEx2',
  udp4: 'GetUdpStatisticsEx2',
  udp6: 'GetUdpStatisticsEx2',
};
const OLDER = {
  tcp4: 'GetTcpStatisticsEx',
  tcp6: 'GetTcpStatisticsEx',
  udp4: 'GetUdpStatisticsEx',
  udp6: 'GetUdpStatisticsEx',
};

/** Every member has a number of its own, the first of them `first`. */
const TCP_FIELDS = [
  'rtoAlgorithm',
  'rtoMinMs',
  'rtoMaxMs',
  'maxConnections',
  'activeOpens',
  'passiveOpens',
  'attemptFails',
  'establishedResets',
  'currentEstablished',
  'segmentsReceived',
  'segmentsSent',
  'segmentsRetransmitted',
  'receiveErrors',
  'resetsSent',
  'currentConnections',
];
const UDP_FIELDS = ['datagramsReceived', 'datagramsNoPort', 'receiveErrors', 'datagramsSent', 'currentEndpoints'];
const fieldsOf = (name: string): string[] => (name.startsWith('tcp') ? TCP_FIELDS : UDP_FIELDS);
const membersFrom = (name: string, first: number): number[] => fieldsOf(name).map((_, index) => first + index);
const statisticsFrom = (name: string, first: number) =>
  Object.fromEntries(fieldsOf(name).map((field, index) => [field, first + index]));

describeOnStandin('where Windows has all functions for statistics', (standin) => {
  test.each(STATISTICS)('those of %s come from the newest, and the others are not asked', (name) => {
    standin.statistics(name, { members: membersFrom(name, 100) }, 'plain');
    standin.statistics(name, { members: membersFrom(name, 200) }, 'Ex');
    standin.statistics(name, { members: membersFrom(name, 300) }, 'Ex2');
    const { statistics, parts } = readOnce(standin.libraries);
    expect(statistics[name]).toEqual(statisticsFrom(name, 300));
    expect(parts[`${name}_statistics`]).toEqual({ durationMs: expect.any(Number) });
    expect(standin.statisticsCalls(name)).toEqual({ plain: 0, Ex: 0, Ex2: 1 });
  });

  test.each(STATISTICS)('and the newest fails for %s, no other is tried', (name) => {
    standin.statistics(name, { code: 31 });
    const snapshot = readOnce(standin.libraries);
    expect(snapshot.statistics).not.toHaveProperty(name);
    expect(failedParts(snapshot)).toEqual({ [`${name}_statistics`]: '31' });
    expect(snapshot.parts[`${name}_statistics`]?.error?.message).toContain(`${NEWEST[name]}(`);
    expect(standin.statisticsCalls(name)).toEqual({ plain: 0, Ex: 0, Ex2: 1 });
  });
});

describeOnStandin(
  'where Windows lacks the newest functions for statistics',
  (standin) => {
    test.each(STATISTICS)('those of %s come from the older one, and the report names both', (name) => {
      standin.statistics(name, { members: membersFrom(name, 100) }, 'plain');
      standin.statistics(name, { members: membersFrom(name, 200) }, 'Ex');
      const { statistics, parts } = readOnce(standin.libraries);
      expect(statistics[name]).toEqual(statisticsFrom(name, 200));
      const report = parts[`${name}_statistics`];
      expect(report).not.toHaveProperty('error');
      expect(report?.fallback).toMatch(new RegExp(`${OLDER[name]}\\b.*${NEWEST[name]}\\b`));
      expect(standin.statisticsCalls(name)).toEqual({ plain: 0, Ex: 1, Ex2: 0 });
    });

    test('counters past the half of 32 bits are not negative', () => {
      standin.statistics('tcp4', { members: membersFrom('tcp4', 0xffff_ff00) }, 'Ex');
      expect(readOnce(standin.libraries).statistics.tcp4).toEqual(statisticsFrom('tcp4', 0xffff_ff00));
    });

    test('there is no greatest number of connections when it is dynamic', () => {
      standin.statistics('tcp6', { members: membersFrom('tcp6', 1).with(3, 0xffff_ffff) }, 'Ex');
      expect(readOnce(standin.libraries).statistics.tcp6).not.toHaveProperty('maxConnections');
    });

    test.each(IPV4)('and the older one fails for %s, the oldest is not tried', (name) => {
      standin.statistics(name, { code: 50 }, 'Ex');
      const snapshot = readOnce(standin.libraries);
      expect(snapshot.statistics).not.toHaveProperty(name);
      expect(failedParts(snapshot)).toEqual({ [`${name}_statistics`]: '50' });
      expect(standin.statisticsCalls(name)).toEqual({ plain: 0, Ex: 1, Ex2: 0 });
    });

    test.each(IPV6)('%s is absent, and no failure, where Windows does not support the family (50)', (name) => {
      standin.statistics(name, { code: 50 }, 'Ex');
      const { statistics, parts } = readOnce(standin.libraries);
      expect(statistics).not.toHaveProperty(name);
      expect(parts).not.toHaveProperty(`${name}_statistics`);
    });
  },
  'older',
);

describeOnStandin(
  'where Windows has only the oldest functions for statistics',
  (standin) => {
    test.each(IPV4)('those of %s come from them, and the report names both', (name) => {
      standin.statistics(name, { members: membersFrom(name, 100) }, 'plain');
      const { statistics, parts } = readOnce(standin.libraries);
      expect(statistics[name]).toEqual(statisticsFrom(name, 100));
      const report = parts[`${name}_statistics`];
      expect(report).not.toHaveProperty('error');
      const oldest = OLDER[name].replace('Ex', '');
      expect(report?.fallback).toMatch(new RegExp(`${oldest}\\b.*${NEWEST[name]}\\b`));
    });

    test.each(IPV4)('and they fail for %s, that is the failure of its part', (name) => {
      standin.statistics(name, { code: 87 }, 'plain');
      const snapshot = readOnce(standin.libraries);
      expect(snapshot.statistics).not.toHaveProperty(name);
      expect(snapshot.parts[`${name}_statistics`]?.error?.code).toBe('87');
    });

    test.each(IPV6)('those of %s are unavailable: IPv4 counters are not shown for them', (name) => {
      standin.statistics(name.replace('6', '4') as 'tcp4' | 'udp4', { members: membersFrom(name, 100) }, 'plain');
      const { statistics, parts } = readOnce(standin.libraries);
      expect(statistics).not.toHaveProperty(name);
      expect(parts[`${name}_statistics`]?.error?.code).toBe('unavailable');
      expect(parts[`${name}_statistics`]?.error?.message).toContain(OLDER[name]);
    });
  },
  'bare',
);
