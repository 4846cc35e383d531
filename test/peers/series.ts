// Series as tests compare them, and what those of /metrics are called once they have come over OTLP. Written from the
// contract of the metrics, and knowing nothing of the program's own table.
import { type ReadSample, readText } from '../support/exposition.ts';

/** From `name{label="value",…}`, labels in order of their names, to the value. */
export type SeriesValues = Readonly<Record<string, number>>;

export interface Series {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

export function seriesOf(text: string): readonly Series[] {
  return readText(text).samples.map(({ value, ...sample }: ReadSample) => ({ ...sample, value: Number(value) }));
}

/** Throws when two have the same name and labels. */
export function valuesOf(series: readonly Series[]): SeriesValues {
  const values: Record<string, number> = {};
  for (const { name, labels, value } of series) {
    const pairs = Object.entries(labels).map(([label, text]) => `${label}=${JSON.stringify(text)}`);
    const key = `${name}{${pairs.sort().join(',')}}`;
    if (key in values) throw new Error(`there twice: ${key}`);
    values[key] = value;
  }
  return values;
}

/** Whether it is of the host, and not of the exporter itself. */
export function isOfHost({ name }: Series): boolean {
  return /^(?:netstat_(?!exporter_)|system_network_)/.test(name);
}

/** The exporter's own metrics whose values stay while it makes no other collection. */
export function isSteadyOwn({ name }: Series): boolean {
  return /^netstat_exporter_(?:build_info|collection_.+|collections_skipped_total|folded_groups)$/.test(name);
}

export function namesOf(series: readonly Series[]): readonly string[] {
  return [...new Set(series.map(({ name }) => name))].sort();
}

const CONNECTION_COUNT = 'system_network_connection_count';
const RENAMED: Readonly<Record<string, { readonly name: string; readonly network_transport: string }>> = {
  netstat_tcp_connections: { name: CONNECTION_COUNT, network_transport: 'tcp' },
  netstat_udp_endpoints: { name: CONNECTION_COUNT, network_transport: 'udp' },
};

const ATTRIBUTES: Readonly<Record<string, string>> = {
  family: 'network_type',
  state: 'network_connection_state',
  process: 'process_executable_name',
  services: 'netstat_services',
  pid: 'process_pid',
  protocol: 'network_transport',
  address: 'network_local_address',
  port: 'network_local_port',
  remote_address: 'network_peer_address',
  remote_port: 'network_peer_port',
  first: 'netstat_port_range_first',
  last: 'netstat_port_range_last',
  source: 'netstat_port_range_source',
};

/** Neither ports nor addresses are `_other`: what is folded is said to be. */
const ENDS: readonly string[] = ['port', 'remote_address', 'remote_port'];

/** A series of /metrics as a receiver shows it that turns OTLP's names into those of Prometheus. */
export function translate({ name, labels, value }: Series): Series {
  const { name: newName = name, ...attributes } = RENAMED[name] ?? {};
  const translated = Object.entries(labels).flatMap(([label, text]) => translateLabel(label, text));
  return { name: newName, labels: { ...attributes, ...Object.fromEntries(translated) }, value };
}

function translateLabel(label: string, text: string): readonly (readonly [string, string])[] {
  // One counter for both families has no network type.
  if (label === 'family' && text === 'all') return [];
  if (ENDS.includes(label) && text === '_other') return [['netstat_folded', 'true']];
  return [[ATTRIBUTES[label] ?? label, text]];
}

/** The series without these labels, and the values of these, which all of them must share. */
export function splitCommon(
  series: readonly Series[],
  names: ReadonlySet<string>,
): { readonly series: readonly Series[]; readonly common: Readonly<Record<string, string>> } {
  const split = series.map(({ labels, ...rest }) => {
    const [own, common] = [false, true].map((isCommon) =>
      Object.fromEntries(Object.entries(labels).filter(([label]) => names.has(label) === isCommon)),
    );
    return { ...rest, labels: own ?? {}, common: common ?? {} };
  });
  const [first] = split;
  const different = split.find(({ common }) => JSON.stringify(common) !== JSON.stringify(first?.common));
  if (different !== undefined) throw new Error(`of another resource: ${JSON.stringify(different)}`);
  return { series: split.map(({ common: _, ...rest }) => rest), common: first?.common ?? {} };
}
