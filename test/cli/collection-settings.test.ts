// World: none.
import { describe, expect, it } from 'vitest';
import { collectionSettings, disabledGroups } from '../../src/cli/collection-settings.ts';
import type { Flags } from '../../src/config/flags.ts';
import { loadConfig } from '../../src/config/load.ts';
import { GROUPS, type Group } from '../../src/metrics/catalogue.ts';

async function settingsOf(flags: Flags) {
  return collectionSettings(await loadConfig({ flags, environment: {} }));
}

/** The groups that read the host. */
const GROUPS_OF_HOST = GROUPS.filter((group) => group !== 'exporter');

/** Flags with which only these groups are collected. */
function only(...groups: readonly Group[]): Flags {
  const disabled = GROUPS_OF_HOST.filter((group) => !groups.includes(group));
  return { 'collector.disable': disabled, 'collector.destination.enable': true };
}

describe('what the collection worker is told', () => {
  it('is by default to read everything, command lines apart, and to show all but destinations', async () => {
    const { reads, aggregation } = await settingsOf({ source: 'linux' });
    expect(reads).toEqual({
      tables: true,
      processes: true,
      services: true,
      statistics: true,
      ephemeralRange: true,
      commandLinesOf: new Set(),
    });
    expect([...aggregation.groups]).toEqual([
      'statistics',
      'connections',
      'process',
      'port',
      'listener',
      'ephemeral',
      'exporter',
    ]);
  });

  it('is what the user chose', async () => {
    const { aggregation } = await settingsOf({
      'collector.process.include': 'a.*',
      'collector.process.exclude': 'ab',
      'collector.process.limit': '7',
      'collector.process.pid-label': true,
      'collector.port.include': '80,8000-8010',
      'collector.port.limit': '9',
      'collector.listener.limit': '11',
      'collector.destination.enable': true,
      'collector.destination.limit': '13',
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
      listenerLimit: 11,
      destinationLimit: 13,
      ephemeralRange: { first: 1000, last: 2000 },
    });
    expect(['abc', 'ab', 'b'].map((name) => aggregation.processInclude.test(name))).toEqual([true, true, false]);
    expect(['abc', 'ab'].map((name) => aggregation.processExclude?.test(name))).toEqual([false, true]);
    expect([...aggregation.groups]).toEqual(GROUPS.filter((group) => group !== 'statistics'));
  });

  it.each(GROUPS_OF_HOST)('is to aggregate %s alone where all others are disabled', async (group) => {
    expect([...(await settingsOf(only(group))).aggregation.groups]).toEqual([group, 'exporter']);
  });

  it.each([
    ['statistics', { statistics: true }],
    ['connections', { tables: true }],
    ['port', { tables: true, ephemeralRange: true }],
    // UDP endpoints outside the range are listeners, whose groups come first.
    ['process', { tables: true, processes: true, services: true, ephemeralRange: true }],
    ['listener', { tables: true, processes: true, services: true, ephemeralRange: true }],
    ['ephemeral', { tables: true, processes: true, services: true, ephemeralRange: true }],
    ['destination', { tables: true, processes: true, services: true }],
  ] as const)('is to read what %s needs, and nothing else where it is alone', async (group, needed) => {
    const nothing = { tables: false, processes: false, services: false, statistics: false, ephemeralRange: false };
    expect((await settingsOf(only(group))).reads).toEqual({ ...nothing, commandLinesOf: new Set(), ...needed });
  });

  it('is not to look up services where these are disabled', async () => {
    const { reads } = await settingsOf({ 'collector.disable': ['services'] });
    expect(reads).toMatchObject({ processes: true, services: false });
  });

  it('is not to count destinations that are enabled and disabled', async () => {
    const { aggregation } = await settingsOf({
      'collector.destination.enable': true,
      'collector.disable': ['destination'],
    });
    expect([...aggregation.groups]).not.toContain('destination');
  });

  it('has name rules for reading and for naming, with the images as they are compared', async () => {
    const { reads, aggregation } = await settingsOf({
      'collector.process.name-rule': ['W3WP.exe=-ap "([^"]+)"', 'java=(a)', 'JAVA=(b)'],
    });
    expect(reads.commandLinesOf).toEqual(new Set(['w3wp.exe', 'java']));
    expect(aggregation.nameRules).toEqual([
      { image: 'w3wp.exe', pattern: /-ap "([^"]+)"/su },
      { image: 'java', pattern: /(a)/su },
      { image: 'java', pattern: /(b)/su },
    ]);
  });

  it('is to read no command lines where nothing needs the processes', async () => {
    const { reads } = await settingsOf({ ...only('connections'), 'collector.process.name-rule': 'java=(a)' });
    expect(reads).toMatchObject({ processes: false, commandLinesOf: new Set() });
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
  const disabledOf = async (flags: Flags) => disabledGroups(await loadConfig({ flags, environment: {} }));

  it('are those of metrics: services are none', async () => {
    expect(await disabledOf({ 'collector.disable': ['services', 'port', 'listener'] })).toEqual([
      'port',
      'listener',
      'destination',
    ]);
  });

  it('have destinations among them unless these are enabled', async () => {
    expect(await disabledOf({})).toEqual(['destination']);
    expect(await disabledOf({ 'collector.destination.enable': true })).toEqual([]);
  });
});
