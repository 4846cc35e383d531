// World: none. What `metrics --limits` prints.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { pageFile } from '../../scripts/docs.ts';
import { limitsText } from '../../src/cli/limits.ts';
import type { Flags } from '../../src/config/flags.ts';
import { loadConfig } from '../../src/config/load.ts';

async function linesWith(flags: Flags): Promise<readonly string[]> {
  const text = limitsText(await loadConfig({ flags, environment: {} }));
  expect(text.endsWith('\n')).toBe(true);
  return text.split('\n').slice(0, -1);
}

const ALL_BUT_CONNECTIONS = ['statistics', 'process', 'port', 'listener', 'ephemeral'];

describe('the table of limits', () => {
  it('has names, numbers and reasons in columns, a total, and what most of it comes from', async () => {
    const flags = { 'collector.disable': ALL_BUT_CONNECTIONS, 'web.disable-exporter-metrics': true };
    expect(await linesWith(flags)).toEqual([
      'metric                   series  at most',
      'netstat_tcp_connections      28  2 families x 14 states',
      'netstat_udp_endpoints         2  2 families',
      'total                        30',
      '',
      'The group connections has the most, 30 (100 %): --collector.disable=connections leaves it out.',
    ]);
  });

  it('says for the defaults what docs/metrics.md and the README say', async () => {
    const [total, , advice] = (await linesWith({})).slice(-3);
    const series = Number(total?.replace('total', '')).toLocaleString('en-US');
    expect(readFileSync(pageFile('metrics.md'), 'utf8')).toContain(`at most ${series} series`);
    expect(readFileSync('README.md', 'utf8')).toContain(`(${series} with the defaults)`);
    expect(advice).toMatch(
      /^The group port has the most, \d+ \(\d+ %\): it depends on --collector\.port\.limit and --collector\.port\.include\.$/,
    );
  });

  it('changes with the configuration', async () => {
    const totalWith = async (flags: Flags) => {
      const total = (await linesWith(flags)).find((line) => line.startsWith('total '));
      return Number(total?.replace('total', ''));
    };
    const defaults = await totalWith({});
    expect((await totalWith({ 'collector.port.limit': '201' })) - defaults).toBe(14 + 1);
    expect((await totalWith({ 'collector.port.include': '80,443' })) - defaults).toBe(2 * (14 + 1));
    expect((await totalWith({ 'collector.process.limit': '101' })) - defaults).toBe(14 + 1 + 1 + 2);
    expect((await totalWith({ 'collector.listener.limit': '501' })) - defaults).toBe(1);
    // One more group that can be folded, too.
    expect((await totalWith({ 'collector.destination.enable': true })) - defaults).toBe(51 * 12 + 1);
    expect(await totalWith({ 'collector.destination.limit': '51' })).toBe(defaults);
    expect(await totalWith({ 'collector.process.pid-label': true })).toBe(defaults);
  });

  it.each([
    ['process', { 'collector.process.limit': '10000' }, 'it depends on --collector.process.limit'],
    ['listener', { 'collector.listener.limit': '10000' }, 'it depends on --collector.listener.limit'],
    [
      'destination',
      { 'collector.destination.enable': true, 'collector.destination.limit': '10000' },
      'it depends on --collector.destination.limit',
    ],
    ['exporter', { 'collector.disable': ALL_BUT_CONNECTIONS }, '--web.disable-exporter-metrics leaves it out'],
  ])('says when most comes from the group %s', async (group, flags, advice) => {
    expect((await linesWith(flags)).at(-1)).toMatch(new RegExp(`^The group ${group} has the most, .*: ${advice}\\.$`));
  });

  it('has no group with the most where all limits are 0', async () => {
    const disabled = ['statistics', 'connections', 'process', 'port', 'ephemeral'];
    const flags = {
      'collector.disable': disabled,
      'web.disable-exporter-metrics': true,
      'collector.listener.limit': '0',
    };
    expect((await linesWith(flags)).slice(1)).toEqual([
      'netstat_listener_info       0  0 listeners',
      'total                       0',
      '',
      'There are no series.',
    ]);
  });

  it('is empty where nothing is collected', async () => {
    const flags = {
      'collector.disable': [...ALL_BUT_CONNECTIONS, 'connections'],
      'web.disable-exporter-metrics': true,
    };
    expect(await linesWith(flags)).toEqual(['metric  series  at most', 'total        0', '', 'There are no series.']);
  });
});
