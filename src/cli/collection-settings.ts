// From the configuration to what the collection worker is told.

import type { Config } from '../config/options.ts';
import { GROUPS, type Group } from '../metrics/catalogue.ts';
import type { AggregationSettings } from '../metrics/settings.ts';
import { imageKey } from '../model/processes.ts';
import { type SourceChoice, SourceError } from '../sources/open.ts';
import type { SourceOptions } from '../sources/source.ts';
import { workerEntry } from './workers.ts';

/** Crosses to the worker as `workerData`. */
export interface CollectionSettings {
  readonly source: SourceChoice;
  readonly reads: SourceOptions;
  readonly aggregation: AggregationSettings;
  /** Whether somebody may look at the endpoints themselves. */
  readonly liveView: boolean;
}

export function collectionSettings(config: Config): CollectionSettings {
  return {
    source: sourceChoice(config),
    reads: whatToRead(config),
    aggregation: aggregationSettings(config),
    liveView: config['web.enable-live-view'],
  };
}

/** The configured source, or that of this host. Throws SourceError where there is none for it. */
export function sourceChoice(config: Config): SourceChoice {
  const configured = config.source;
  if (configured?.kind === 'replay') return { kind: 'replay', file: configured.file };
  const kind = configured?.kind ?? hostSource();
  return kind === 'windows'
    ? { kind, wmiWorker: workerEntry('wmi-worker').href }
    : { kind, procfsRoot: config['path.procfs'] };
}

function hostSource(): 'windows' | 'linux' {
  if (process.platform === 'win32') return 'windows';
  if (process.platform === 'linux') return 'linux';
  throw new SourceError(`there is no source for ${process.platform}; allowed: --source=replay:FILE`);
}

/** The groups of metrics that are not collected. */
export function disabledGroups(config: Config): readonly Group[] {
  const disabled: readonly string[] = config['collector.disable'];
  const isOff = (group: Group): boolean => group === 'destination' && !config['collector.destination.enable'];
  return GROUPS.filter((group) => disabled.includes(group) || isOff(group));
}

/** The images whose names follow from their command lines, by imageKey. */
export function commandLinesOf(config: Config): ReadonlySet<string> {
  return new Set(config['collector.process.name-rule'].map(({ image }) => imageKey(image)));
}

function whatToRead(config: Config): SourceOptions {
  const disabled: readonly Group[] = disabledGroups(config);
  const wantsAny = (...groups: readonly Group[]): boolean => groups.some((group) => !disabled.includes(group));
  // Whoever looks at the live view sees endpoints and their owners, whatever is counted.
  const isShown = config['web.enable-live-view'];
  const processes = isShown || wantsAny('process', 'listener', 'ephemeral', 'destination');
  const ephemeralRange = wantsAny('process', 'port', 'listener', 'ephemeral');
  return {
    statistics: wantsAny('statistics'),
    tables: processes || wantsAny('connections', 'port'),
    processes,
    services: processes && !config['collector.disable'].includes('services'),
    commandLinesOf: processes ? commandLinesOf(config) : new Set(),
    ephemeralRange: ephemeralRange && config['collector.ephemeral.range'] === undefined,
  };
}

/** Without a look at the host. */
export function aggregationSettings(config: Config): AggregationSettings {
  const disabled = disabledGroups(config);
  return {
    groups: new Set(GROUPS.filter((group) => !disabled.includes(group))),
    processInclude: config['collector.process.include'],
    processExclude: config['collector.process.exclude'],
    nameRules: config['collector.process.name-rule'].map(({ image, pattern }) => ({ image: imageKey(image), pattern })),
    processLimit: config['collector.process.limit'],
    pidLabel: config['collector.process.pid-label'],
    portInclude: config['collector.port.include'] ?? [],
    portLimit: config['collector.port.limit'],
    listenerLimit: config['collector.listener.limit'],
    destinationLimit: config['collector.destination.limit'],
    ephemeralRange: config['collector.ephemeral.range'],
  };
}
