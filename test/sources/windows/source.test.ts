// World 2 (the ABI stand-in): the Windows source as a whole: what is asked for, what cannot be loaded.

import os from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { Snapshot } from '../../../src/model/snapshot.ts';
import type { WindowsLibraries } from '../../../src/sources/windows/libraries.ts';
import { EVERYTHING, NOTHING } from '../../support/source-options.ts';
import { ComScript } from '../../worlds/standin/com.ts';
import { describeOnStandin, failedParts, OTHER_LIBRARY, openSource, readOnce } from './open-standin.ts';

const TABLE_PARTS = ['tcp4', 'tcp6', 'udp4', 'udp6'] as const;
const STATISTICS_PARTS = ['tcp4_statistics', 'tcp6_statistics', 'udp4_statistics', 'udp6_statistics'] as const;
const ABSENT = '/nowhere/absent.dll';

async function readWhenWmiHasAnswered(libraries: WindowsLibraries): Promise<Snapshot> {
  const source = openSource(libraries, { ...NOTHING, ephemeralRange: true });
  for (;;) {
    const snapshot = source.read();
    if (snapshot.parts.ephemeral_range?.fallback?.includes('not answered yet') !== true) return snapshot;
    await sleep(5);
  }
}

describeOnStandin('the Windows source', (standin) => {
  test('reads every part that is asked for', () => {
    const snapshot = readOnce(standin.libraries, EVERYTHING);
    expect(snapshot.os).toBe('windows');
    expect(Object.keys(snapshot.parts).sort()).toEqual(
      ['tcp_bound', ...TABLE_PARTS, ...STATISTICS_PARTS, 'processes', 'services', 'ephemeral_range'].sort(),
    );
    expect(failedParts(snapshot)).toEqual({});
  });

  test('reads nothing that is not asked for', () => {
    const snapshot = readOnce(standin.libraries, NOTHING);
    expect(snapshot).toMatchObject({ parts: {}, tables: {}, statistics: {} });
    expect(snapshot).not.toHaveProperty('processes');
    expect(snapshot).not.toHaveProperty('ephemeralRanges');
    expect(standin.tableCalls('tcp4')).toEqual([]);
    expect(standin.queryCalls()).toBe(0);
  });

  test.each([
    ['tables', ['tcp_bound', ...TABLE_PARTS]],
    ['statistics', STATISTICS_PARTS],
    ['ephemeralRange', ['ephemeral_range']],
  ])('reads only the %s when asked for only them', (option, parts) => {
    expect(Object.keys(readOnce(standin.libraries, { ...NOTHING, [option]: true }).parts)).toEqual(parts);
  });

  test('says when reading began, and when the host started, which does not change', () => {
    const openedMs = Date.now();
    const source = openSource(standin.libraries);
    const first = source.read();
    const second = source.read();
    expect(first.timestampMs).toBeGreaterThanOrEqual(openedMs);
    expect(first.timestampMs).toBeLessThanOrEqual(Date.now());
    expect(Math.abs(first.bootTimeMs - (Date.now() - os.uptime() * 1000))).toBeLessThan(5000);
    expect(second.bootTimeMs).toBe(first.bootTimeMs);
  });

  test('gives the ephemeral port ranges that WMI tells', async () => {
    const com = new ComScript(standin.libraries.ole32);
    com.objects('MSFT_NetTCPSetting', {
      SettingName: 'Internet',
      DynamicPortRangeStartPort: 1025,
      DynamicPortRangeNumberOfPorts: 64_511,
    });
    com.objects('MSFT_NetUDPSetting', { DynamicPortRangeStartPort: 50_000, DynamicPortRangeNumberOfPorts: 1000 });
    const { ephemeralRanges, parts } = await readWhenWmiHasAnswered(standin.libraries);
    com.reset();
    expect(ephemeralRanges).toEqual([
      { protocol: 'tcp', family: 'ipv4', first: 1025, last: 65_535, source: 'wmi', reserved: [] },
      { protocol: 'tcp', family: 'ipv6', first: 1025, last: 65_535, source: 'assumed', reserved: [] },
      { protocol: 'udp', family: 'ipv4', first: 50_000, last: 50_999, source: 'wmi', reserved: [] },
      { protocol: 'udp', family: 'ipv6', first: 50_000, last: 50_999, source: 'assumed', reserved: [] },
    ]);
    expect(parts.ephemeral_range).toEqual({ durationMs: expect.any(Number) });
  });

  test('gives the documented ephemeral port range for each protocol and family where WMI tells none, and says so', async () => {
    const { ephemeralRanges, parts } = await readWhenWmiHasAnswered(standin.libraries);
    const range = { first: 49_152, last: 65_535, source: 'default', reserved: [] };
    expect(ephemeralRanges).toEqual([
      { protocol: 'tcp', family: 'ipv4', ...range },
      { protocol: 'tcp', family: 'ipv6', ...range },
      { protocol: 'udp', family: 'ipv4', ...range },
      { protocol: 'udp', family: 'ipv6', ...range },
    ]);
    expect(parts.ephemeral_range).toEqual({
      durationMs: expect.any(Number),
      fallback: 'the documented default, because WMI has no object of MSFT_NetTCPSetting',
    });
  });

  test('fails the parts that need a library which cannot be loaded, and reads the others', () => {
    const { parts, tables, statistics, processes } = readOnce({ ...standin.libraries, iphlpapi: ABSENT });
    for (const part of [...TABLE_PARTS, ...STATISTICS_PARTS]) {
      expect(parts[part]?.error?.code).toBe('unavailable');
      expect(parts[part]?.error?.message).toMatch(/^loading \/nowhere\/absent\.dll failed: (?!Error|undefined)\S/);
      expect(parts[part]?.error?.message).not.toContain('without owners');
    }
    expect([tables, statistics]).toEqual([{}, {}]);
    expect(processes?.get(8)?.name).toBe('init.exe');
  });

  test('fails the parts that need a function which the library does not have', () => {
    const { parts } = readOnce({ ...standin.libraries, iphlpapi: OTHER_LIBRARY, advapi32: OTHER_LIBRARY });
    for (const part of [...TABLE_PARTS, ...STATISTICS_PARTS, 'services'] as const) {
      expect(parts[part]?.error?.code).toBe('unavailable');
      expect(parts[part]?.error?.message).toMatch(/^finding \w+ in \S+ failed: (?!Error|undefined)\S/);
      expect(parts[part]?.error?.message).toContain(` in ${OTHER_LIBRARY} `);
    }
    expect(parts.udp6?.error?.message).toMatch(/^finding GetExtendedUdpTable in /);
    expect(parts.tcp6_statistics?.error?.message).toMatch(/^finding GetTcpStatisticsEx in /);
    expect(parts.services?.error?.message).toMatch(/^finding OpenSCManagerW in /);
    expect(parts.processes).not.toHaveProperty('error');
  });

  test('does without the text of an error where the system cannot be asked for it', () => {
    standin.text(5, 'Access is denied.');
    standin.table('tcp4', { code: 5 });
    const { parts } = readOnce({ ...standin.libraries, kernel32: ABSENT });
    expect(parts.tcp4?.error?.code).toBe('5');
    expect(parts.tcp4?.error?.message).toContain('failed: 5 (0x0005)');
    expect(parts.processes).not.toHaveProperty('error');
  });

  test('puts the text of an error on one line, in whatever language it is', () => {
    standin.text(31, '  Ein an das System angeschlossenes Gerät\r\nfunktioniert nicht. 装置\r\n');
    standin.table('tcp4', { code: 31 });
    expect(readOnce(standin.libraries).parts.tcp4?.error?.message).toMatch(
      / failed: 31 \(Ein an das System angeschlossenes Gerät funktioniert nicht\. 装置\)$/,
    );
  });

  test('reads nothing at all on a host without any of the libraries, and throws nothing', () => {
    const nowhere = Object.fromEntries(Object.keys(standin.libraries).map((library) => [library, ABSENT]));
    const snapshot = readOnce({ ...standin.libraries, ...nowhere });
    const lost = [...TABLE_PARTS, ...STATISTICS_PARTS, 'processes'] as const;
    expect(failedParts(snapshot)).toEqual(Object.fromEntries(lost.map((part) => [part, 'unavailable'])));
    expect(snapshot.hasBound).toBe(false);
  });
});
