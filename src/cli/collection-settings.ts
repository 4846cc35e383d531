// From the configuration to what the collection worker is told.

import type { CollectorGroup, Config } from '../config/options.ts';
import { GROUPS, type Group } from '../metrics/catalogue.ts';
import type { AggregationSettings } from '../metrics/settings.ts';
import { type SourceChoice, SourceError } from '../sources/open.ts';
import type { SourceOptions } from '../sources/source.ts';

/** Built beside the module that this one is part of. */
const WMI_WORKER = new URL('./wmi-worker.js', import.meta.url).href;

/** Crosses to the worker as `workerData`. */
export interface CollectionSettings {
  readonly source: SourceChoice;
  readonly reads: SourceOptions;
  readonly aggregation: AggregationSettings;
}

export function collectionSettings(config: Config): CollectionSettings {
  return { source: sourceChoice(config), reads: whatToRead(config), aggregation: aggregationSettings(config) };
}

/** The configured source, or that of this host. Throws SourceError where there is none for it. */
export function sourceChoice(config: Config): SourceChoice {
  const configured = config.source;
  if (configured?.kind === 'replay') return { kind: 'replay', file: configured.file };
  const kind = configured?.kind ?? hostSource();
  return kind === 'windows' ? { kind, wmiWorker: WMI_WORKER } : { kind, procfsRoot: config['path.procfs'] };
}

function hostSource(): 'windows' | 'linux' {
  if (process.platform === 'win32') return 'windows';
  if (process.platform === 'linux') return 'linux';
  throw new SourceError(`there is no source for ${process.platform}; allowed: --source=replay:FILE`);
}

/** The groups of metrics that are not collected. */
export function disabledGroups(config: Config): readonly Group[] {
  return GROUPS.filter((group) => (config['collector.disable'] as readonly string[]).includes(group));
}

function whatToRead(config: Config): SourceOptions {
  const disabled = new Set<CollectorGroup>(config['collector.disable']);
  const wants = (group: CollectorGroup): boolean => !disabled.has(group);
  return {
    statistics: wants('statistics'),
    tables: wants('connections') || wants('process') || wants('port'),
    processes: wants('process'),
    services: wants('process') && wants('services'),
    ephemeralRange: (wants('process') || wants('port')) && config['collector.ephemeral.range'] === undefined,
  };
}

function aggregationSettings(config: Config): AggregationSettings {
  const disabled = disabledGroups(config);
  return {
    groups: new Set(GROUPS.filter((group) => !disabled.includes(group))),
    processInclude: config['collector.process.include'],
    processExclude: config['collector.process.exclude'],
    processLimit: config['collector.process.limit'],
    pidLabel: config['collector.process.pid-label'],
    portInclude: config['collector.port.include'] ?? [],
    portLimit: config['collector.port.limit'],
    ephemeralRange: config['collector.ephemeral.range'],
  };
}
