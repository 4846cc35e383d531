// The greatest number of series that a configuration allows, metric by metric.

import { PARTS } from '../model/snapshot.ts';
import { ADDRESS_FAMILIES, PROTOCOLS } from '../model/sockets.ts';
import { TCP_STATES, type TcpState } from '../model/states.ts';
import { CATALOGUE, type Group, METRIC_NAMES, type MetricName } from './catalogue.ts';
import { PORTS } from './counting/port-counts.ts';
import { HANDLERS, MAX_CODES, MAX_DEFAULT_METRICS_SERIES, PUSH_RESULTS } from './exporter-metrics.ts';
import { NONE, OTHER, UNKNOWN } from './groups/groups.ts';
import type { FoldedGroup } from './samples.ts';
import type { AggregationSettings } from './settings.ts';

export interface SeriesLimit {
  /** A metric of the catalogue, or prom-client's default metrics as a whole. */
  readonly metric: string;
  readonly group: Group;
  readonly series: number;
  /** Where the number comes from: `(100 groups + _none, _unknown, _other) x 14 states`. Empty where there is nothing to say. */
  readonly reason: string;
}

/** How many values a label, or some labels together, can have. */
interface Factor {
  readonly values: number;
  /** `14 states`; empty for a label whose value follows from the others. */
  readonly words: string;
}

type Label = (typeof CATALOGUE)[MetricName]['labels'][number];

/** Nothing is bound to port 0. */
const MAX_PORT = PORTS - 1;
const FOLDED_GROUPS: readonly FoldedGroup[] = ['process', 'port', 'listener', 'destination'];
/** An endpoint that listens, or is only bound, has no other end. */
const NOT_OUTBOUND: readonly TcpState[] = ['listen', 'bound'];

const DEFAULT_METRICS: SeriesLimit = {
  metric: 'process_*, nodejs_*',
  group: 'exporter',
  series: MAX_DEFAULT_METRICS_SERIES,
  reason: "prom-client's default metrics",
};

/** On whatever host. Groups that are not collected are left out; the exporter's own metrics are the group `exporter`. */
export function seriesLimits(settings: AggregationSettings): readonly SeriesLimit[] {
  const limits = METRIC_NAMES.map((name) => limitOf(name, settings));
  return [...limits, DEFAULT_METRICS].filter(({ group }) => settings.groups.has(group));
}

/** How many series these are together. */
export function totalSeries(limits: readonly SeriesLimit[]): number {
  return limits.reduce((sum, { series }) => sum + series, 0);
}

function limitOf(metric: MetricName, settings: AggregationSettings): SeriesLimit {
  const factors = factorsOf(metric, settings);
  const series = factors.reduce((product, { values }) => product * values, 1);
  const words = factors.map((factor) => factor.words).filter((text) => text !== '');
  const isProduct = words.length > 1;
  const reason = words.map((text) => (isProduct && text.includes(' + ') ? `(${text})` : text)).join(' x ');
  return { metric, group: CATALOGUE[metric].group, series, reason };
}

function factorsOf(metric: MetricName, settings: AggregationSettings): readonly Factor[] {
  const { group, labels } = CATALOGUE[metric];
  // All labels of a listener, and all but the state of a destination, are those of one group.
  if (group === 'listener') return [count(settings.listenerLimit, 'listeners')];
  if (group === 'destination') return [limited(settings.destinationLimit, 'destinations', OTHER), outboundStates()];
  return labels.map((label: Label) => FACTORS[label](settings));
}

const SINGLE: Factor = { values: 1, words: '' };

const FACTORS: Readonly<Record<Label, (settings: AggregationSettings) => Factor>> = {
  // `all` stands in place of both.
  family: () => count(ADDRESS_FAMILIES.length, 'families'),
  protocol: () => count(PROTOCOLS.length, 'protocols'),
  state: () => count(TCP_STATES.length, 'states'),
  process: ({ processLimit }) => limited(processLimit, 'groups', NONE, UNKNOWN, OTHER),
  services: () => SINGLE,
  pid: () => SINGLE,
  port: ports,
  address: () => SINGLE,
  remote_address: () => SINGLE,
  remote_port: () => SINGLE,
  first: () => SINGLE,
  last: () => SINGLE,
  source: () => SINGLE,
  algorithm: () => SINGLE,
  version: () => SINGLE,
  revision: () => SINGLE,
  platform: () => SINGLE,
  node_version: () => SINGLE,
  part: () => count(PARTS.length, 'parts'),
  code: () => limited(MAX_CODES, 'codes', OTHER),
  handler: () => count(HANDLERS.length, 'handlers'),
  result: () => count(PUSH_RESULTS.length, 'results'),
  group: ({ groups }) => count(FOLDED_GROUPS.filter((group) => groups.has(group)).length, 'groups that are limited'),
};

function count(values: number, what: string): Factor {
  return { values, words: `${values} ${what}` };
}

/** Groups up to a limit, and those that are there beside them. */
function limited(limit: number, what: string, ...reserved: readonly string[]): Factor {
  return { values: limit + reserved.length, words: `${limit} ${what} + ${reserved.join(', ')}` };
}

/** Of TCP and of UDP each. Ports that the configuration names take no place from the others. */
function ports({ portLimit, portInclude }: AggregationSettings): Factor {
  const isNamed = new Uint8Array(PORTS);
  for (const { first, last } of portInclude) isNamed.fill(1, first, last + 1);
  const named = isNamed.reduce((sum, one) => sum + one, 0);
  if (portLimit + named >= MAX_PORT) return { values: MAX_PORT + 1, words: `all ${MAX_PORT} ports + ${OTHER}` };
  if (named === 0) return limited(portLimit, 'ports', OTHER);
  return { values: portLimit + named + 1, words: `${portLimit} ports + ${named} named ones + ${OTHER}` };
}

function outboundStates(): Factor {
  return count(TCP_STATES.length - NOT_OUTBOUND.length, 'states');
}
