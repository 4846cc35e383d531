// What a metric of the catalogue, and its labels, are called over OTLP.

import { type AttributeValue, ValueType } from '@opentelemetry/api';
import type { MetricDescriptor } from '@opentelemetry/sdk-metrics';
import { definitionOf, type MetricName } from '../../metrics/catalogue.ts';

/** What the points of a metric are, as OTLP tells them apart. */
export type PointKind = 'counter' | 'updowncounter' | 'gauge';

export interface OtlpMetric {
  readonly descriptor: MetricDescriptor;
  readonly kind: PointKind;
  /** What all its points have beside the attributes of the labels. */
  readonly attributes: Readonly<Record<string, string>>;
}

/** How a metric of the catalogue goes over OTLP. Metrics that share a name there are one metric. */
export function otlpMetricOf(name: MetricName): OtlpMetric {
  const { help, kind, unit, otlp } = definitionOf(name);
  const described = otlp ?? { name: otlpName(name), description: help, unit, attributes: {} };
  const { attributes, ...descriptor } = described;
  const valueType = unit === 's' ? ValueType.DOUBLE : ValueType.INT;
  return { descriptor: { ...descriptor, valueType }, kind: kind === 'info' ? 'gauge' : kind, attributes };
}

/** `netstat.GROUP.PROTOCOL.REST`, where it has a group and a protocol (or is of the ephemeral ports); the same for `process_` and `nodejs_`. */
const NAME =
  /^(netstat|process|nodejs)_(?:(exporter|process|port|listener|destination)_)?(?:(tcp|udp|ephemeral|http|otlp)_)?(.+)$/;
const SUFFIX = /_total$|(?:_seconds|_bytes)(?:_total)?$/;

/** The Prometheus name without `_total` and the unit, with dots between the words of its path. */
export function otlpName(name: string): string {
  const stem = name.replace(SUFFIX, '');
  const path = NAME.exec(stem)?.slice(1) ?? [stem];
  return path.filter((word) => word !== undefined).join('.');
}

/**
 * The attributes that are not called as their label is: what the semantic conventions call it, or a name below `netstat`.
 * Labels of the exporter's own metrics keep their names.
 */
export const ATTRIBUTE_NAMES: Readonly<Record<string, string>> = {
  family: 'network.type',
  state: 'network.connection.state',
  process: 'process.executable.name',
  services: 'netstat.services',
  pid: 'process.pid',
  protocol: 'network.transport',
  address: 'network.local.address',
  port: 'network.local.port',
  remote_address: 'network.peer.address',
  remote_port: 'network.peer.port',
  first: 'netstat.port_range.first',
  last: 'netstat.port_range.last',
  source: 'netstat.port_range.source',
};

const INTEGER_LABELS: ReadonlySet<string> = new Set(['pid', 'port', 'remote_port', 'first', 'last']);
/** Ports and addresses: a receiver takes an attribute of theirs at its word, and `_other` is neither. */
const ENDPOINT_LABELS: ReadonlySet<string> = new Set(['port', 'remote_address', 'remote_port']);

/** Stands in place of a port or an address for the groups that are folded into `_other`. */
export const FOLDED_ATTRIBUTE = 'netstat.folded';

/** The attribute of a label's value; undefined where there is none: an empty value, and `all` of the families. */
export function attributeOf(label: string, value: string): readonly [string, AttributeValue] | undefined {
  if (value === '' || (label === 'family' && value === 'all')) return undefined;
  if (value === '_other' && ENDPOINT_LABELS.has(label)) return [FOLDED_ATTRIBUTE, true];
  const name = ATTRIBUTE_NAMES[label] ?? label;
  return [name, INTEGER_LABELS.has(label) ? Number(value) : value];
}
