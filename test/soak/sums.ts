// Sums that have to be right: within one scrape, between a scrape and the host as ss tells it, and with what was counted outside.
import { execFileSync } from 'node:child_process';
import { type ReadSample, readText } from '../support/exposition.ts';

const MAX_OUTPUT_BYTES = 16 * 1024 * 1024;
const PROTOCOLS = { t: 'tcp', u: 'udp' } as const;

/** What was counted in two ways. It may be more by as much as `tolerance`. */
export interface Comparison {
  readonly what: string;
  readonly shown: number;
  readonly expected: number;
  readonly tolerance: number;
}

export function isRight({ shown, expected, tolerance }: Comparison): boolean {
  return shown >= expected && shown <= expected + tolerance;
}

/** What of a scrape cannot be, whatever the host does: the groups count the same endpoints, and each part was read. */
export function contradictionsOf(text: string): readonly string[] {
  const contradictions: string[] = [];
  for (const [whole, ...groupings] of [
    ['netstat_tcp_connections', 'netstat_process_tcp_connections', 'netstat_port_tcp_connections'],
    ['netstat_udp_endpoints', 'netstat_process_udp_endpoints', 'netstat_port_udp_endpoints'],
  ] as const) {
    const total = sumOf(text, whole);
    for (const groups of groupings) {
      const sum = sumOf(text, groups);
      if (sum !== total) contradictions.push(`${groups} comes to ${sum}, ${whole} to ${total}`);
    }
  }
  if (!text.includes('netstat_tcp_connections{')) contradictions.push('there is no netstat_tcp_connections');
  for (const [line] of text.matchAll(/^netstat_exporter_collection_success\{.* 0$/gm)) contradictions.push(line);
  return contradictions;
}

/** Over all series. Of every scrape: hence no whole reader of the format. */
function sumOf(text: string, name: string): number {
  let sum = 0;
  for (let at = text.indexOf(`\n${name}{`); at !== -1; at = text.indexOf(`\n${name}{`, at + 1)) {
    const end = text.indexOf('\n', at + 1);
    sum += Number(text.slice(text.lastIndexOf(' ', end), end));
  }
  return sum;
}

/** How many sockets the host has, by protocol, family and state: those that are not zero. */
export type HostCounts = ReadonlyMap<string, number>;

export function readHost(): HostCounts {
  const counts = new Map<string, number>();
  for (const [option, protocol] of Object.entries(PROTOCOLS)) {
    const output = execFileSync('ss', [`-${option}anH`], { encoding: 'utf8', maxBuffer: MAX_OUTPUT_BYTES });
    for (const line of output.split('\n').filter(Boolean)) {
      const [state = '', , , local = ''] = line.split(/\s+/);
      const family = isIpv6(local) ? 'ipv6' : 'ipv4';
      add(counts, protocol === 'tcp' ? `tcp ${family} ${stateNamed(state)}` : `udp ${family}`, 1);
    }
  }
  return counts;
}

/** `*` is any address of both families. */
function isIpv6(local: string): boolean {
  return local.startsWith('*') || (local.startsWith('[') && !local.startsWith('[::ffff:'));
}

function stateNamed(name: string): string {
  if (name === 'ESTAB') return 'established';
  if (name === 'SYN-RECV') return 'syn_received';
  return name.toLowerCase().replaceAll('-', '_');
}

/** The same of a scrape. */
export function countsOf(text: string): HostCounts {
  const counts = new Map<string, number>();
  for (const { name, labels, value } of readText(text).samples) {
    const { family = '', state = '' } = labels;
    if (name === 'netstat_tcp_connections') add(counts, `tcp ${family} ${state}`, Number(value));
    if (name === 'netstat_udp_endpoints') add(counts, `udp ${family}`, Number(value));
  }
  return counts;
}

export function compareCounts(shown: HostCounts, expected: HostCounts): readonly Comparison[] {
  const keys = [...new Set([...shown.keys(), ...expected.keys()])].sort();
  return keys
    .map((what) => ({ what, shown: shown.get(what) ?? 0, expected: expected.get(what) ?? 0, tolerance: 0 }))
    .filter((comparison) => comparison.shown > 0 || comparison.expected > 0);
}

export function areSame(one: HostCounts, other: HostCounts): boolean {
  return compareCounts(one, other).every(isRight);
}

/** Of one scrape: the values of a counter by some of its labels, joined by blanks. */
export function counterOf(text: string, name: string, ...labels: readonly string[]): HostCounts {
  const counts = new Map<string, number>();
  const keyOf = (sample: ReadSample): string => labels.map((label) => sample.labels[label] ?? '').join(' ');
  for (const sample of readText(text).samples)
    if (sample.name === name) add(counts, keyOf(sample), Number(sample.value));
  return counts;
}

function add(counts: Map<string, number>, key: string, count: number): void {
  counts.set(key, (counts.get(key) ?? 0) + count);
}
