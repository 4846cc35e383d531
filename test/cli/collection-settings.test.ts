// World: none.
import { describe, expect, it } from 'vitest';
import { collectionSettings, disabledGroups } from '../../src/cli/collection-settings.ts';
import type { Flags } from '../../src/config/flags.ts';
import { loadConfig } from '../../src/config/load.ts';

async function settingsOf(flags: Flags) {
  return collectionSettings(await loadConfig({ flags, environment: {} }));
}

describe('what the collection worker is told', () => {
  it('is by default to read everything', async () => {
    const { reads, aggregation } = await settingsOf({ source: 'linux' });
    expect(reads).toEqual({ tables: true, processes: true, services: true, statistics: true, ephemeralRange: true });
    expect([...aggregation.groups]).toEqual(['statistics', 'connections', 'process', 'port', 'exporter']);
  });

  it('is what the user chose', async () => {
    const { aggregation } = await settingsOf({
      'collector.process.include': 'a.*',
      'collector.process.exclude': 'ab',
      'collector.process.limit': '7',
      'collector.process.pid-label': true,
      'collector.port.include': '80,8000-8010',
      'collector.port.limit': '9',
      'collector.ephemeral.range': '1000-2000',
      'collector.disable': ['statistics'],
    });
    expect(aggregation).toMatchObject({
      processLimit: 7,
      pidLabel: true,
      portInclude: [
        { first: 80, last: 80 },
        { first: 8000, last: 8010 },
      ],
      portLimit: 9,
      ephemeralRange: { first: 1000, last: 2000 },
    });
    expect(['abc', 'ab', 'b'].map((name) => aggregation.processInclude.test(name))).toEqual([true, true, false]);
    expect(['abc', 'ab'].map((name) => aggregation.processExclude?.test(name))).toEqual([false, true]);
    expect([...aggregation.groups]).toEqual(['connections', 'process', 'port', 'exporter']);
  });

  it.each([
    ['process', { processes: false, services: false }],
    ['services', { processes: true, services: false }],
    ['statistics', { statistics: false, tables: true }],
    ['connections,process,port', { tables: false, ephemeralRange: false, statistics: true }],
    ['port', { tables: true, processes: true }],
  ])('is not to read what only %s would need', async (disabled, expected) => {
    expect((await settingsOf({ 'collector.disable': disabled.split(',') })).reads).toMatchObject(expected);
  });

  it('is not to ask for a range that the user gave', async () => {
    expect((await settingsOf({ 'collector.ephemeral.range': '1000-2000' })).reads.ephemeralRange).toBe(false);
  });

  it.each([
    [{ source: 'windows' }, { kind: 'windows', wmiWorker: expect.stringMatching(/^file:.*wmi-worker\.js$/) }],
    [
      { source: 'linux', 'path.procfs': '/host/proc' },
      { kind: 'linux', procfsRoot: '/host/proc' },
    ],
    [{ source: 'replay:a:b' }, { kind: 'replay', file: 'a:b' }],
  ])('with %j is to read %j', async (flags, source) => {
    expect((await settingsOf(flags)).source).toEqual(source);
  });
});

describe('the disabled groups', () => {
  it('are those of metrics: services are none', async () => {
    const config = await loadConfig({ flags: { 'collector.disable': ['services', 'port'] }, environment: {} });
    expect(disabledGroups(config)).toEqual(['port']);
  });
});
