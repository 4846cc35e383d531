// `netstat-exporter metrics --limits`: the greatest number of series that the configuration allows.

import type { Config, OptionName } from '../config/options.ts';
import type { Group } from '../metrics/catalogue.ts';
import { type SeriesLimit, seriesLimits, totalSeries } from '../metrics/limits.ts';
import { aggregationSettings } from './collection-settings.ts';

/** What sets how many series a group of metrics can have. Others have as many as they have. */
const LIMITED_BY: Readonly<Partial<Record<Group, readonly OptionName[]>>> = {
  process: ['collector.process.limit'],
  port: ['collector.port.limit', 'collector.port.include'],
  listener: ['collector.listener.limit'],
  ephemeral: ['collector.process.limit'],
  destination: ['collector.destination.limit'],
};

/** A table with a line for each metric and one for the total, and a sentence on the group that has the most. */
export function limitsText(config: Config): string {
  const limits = limitsOf(config);
  const total = totalSeries(limits);
  const rows = [
    ['metric', 'series', 'at most'],
    ...limits.map(({ metric, series, reason }) => [metric, String(series), reason]),
    ['total', String(total), ''],
  ];
  return `${alignColumns(rows)}\n${adviceOn(limits, total)}`;
}

function limitsOf(config: Config): readonly SeriesLimit[] {
  const { groups, ...settings } = aggregationSettings(config);
  const shown = [...groups].filter((group) => group !== 'exporter' || !config['web.disable-exporter-metrics']);
  return seriesLimits({ ...settings, groups: new Set(shown) });
}

/** Names to the left, numbers to the right, and the reasons as they are. */
function alignColumns(rows: readonly (readonly string[])[]): string {
  const width = (column: number): number => Math.max(...rows.map((row) => row[column]?.length ?? 0));
  const [names, numbers] = [width(0), width(1)];
  const lines = rows.map(([name = '', number = '', reason = '']) =>
    `${name.padEnd(names)}  ${number.padStart(numbers)}  ${reason}`.trimEnd(),
  );
  return lines.map((line) => `${line}\n`).join('');
}

function adviceOn(limits: readonly SeriesLimit[], total: number): string {
  const byGroup = Map.groupBy(limits, ({ group }) => group);
  const sums = [...byGroup].map(([group, ofGroup]) => ({ group, series: totalSeries(ofGroup) }));
  const [most] = sums.sort((one, other) => other.series - one.series);
  if (most === undefined || total === 0) return 'There are no series.\n';
  const share = Math.round((most.series / total) * 100);
  return `The group ${most.group} has the most, ${most.series} (${share} %): ${whatLowers(most.group)}.\n`;
}

function whatLowers(group: Group): string {
  const options = LIMITED_BY[group];
  if (options !== undefined) return `it depends on ${options.map((option) => `--${option}`).join(' and ')}`;
  return `${group === 'exporter' ? '--web.disable-exporter-metrics' : `--collector.disable=${group}`} leaves it out`;
}
