// The metrics and labels that a store has of us, by dialect. Written from the catalogue and the contract of docs/otlp.md,
// and knowing nothing of the dashboards' own dialects.
import { definitionOf, METRIC_NAMES, type MetricName, prometheusKind } from '../../../src/metrics/catalogue.ts';
import { PARTS } from '../../../src/model/snapshot.ts';
import { TCP_STATES } from '../../../src/model/states.ts';
import { translate } from '../../peers/series.ts';
import type { DialectName } from '../../support/dashboard-files.ts';

export interface KnownMetric {
  readonly kind: 'counter' | 'gauge' | 'info';
  readonly labels: ReadonlySet<string>;
  /** Labels that tell it from another metric of the same name: each selector needs them. */
  readonly distinctive: ReadonlySet<string>;
}

export interface Vocabulary {
  readonly dialect: DialectName;
  readonly metrics: ReadonlyMap<string, KnownMetric>;
  /** Labels that have but few values, with these. */
  readonly values: ReadonlyMap<string, ReadonlySet<string>>;
  /** Labels that say more of what other labels tell already: they make no further series. */
  readonly descriptive: ReadonlySet<string>;
}

/** What a scrape, or the resource of a push, adds to each series. */
const HOST_LABELS: Readonly<Record<DialectName, readonly string[]>> = {
  scraped: ['job', 'instance'],
  otlp: ['job', 'instance', 'host_name'],
};

/** Prometheus makes it at each scrape. */
const UP: KnownMetric = { kind: 'gauge', labels: new Set(HOST_LABELS.scraped), distinctive: new Set() };

const FEW_VALUES: Readonly<Record<string, readonly string[]>> = {
  state: TCP_STATES,
  protocol: ['tcp', 'udp'],
  family: ['ipv4', 'ipv6', 'all'],
  result: ['success', 'partial_success', 'failure'],
  part: PARTS,
  group: ['process', 'port', 'listener', 'destination'],
};
const DESCRIPTIVE = ['version', 'revision', 'platform', 'node_version', 'first', 'last', 'source'] as const;
const ENDS: readonly string[] = ['port', 'remote_address', 'remote_port'];
/** Of a label whose values are anybody's. */
const ANY_VALUE = 'any';
const FOLDED = '_other';

export function vocabularyOf(dialect: DialectName): Vocabulary {
  const all = METRIC_NAMES.flatMap((name) => seriesOf(dialect, name));
  const metrics = new Map<string, KnownMetric>(dialect === 'scraped' ? [['up', UP]] : []);
  for (const { name, kind, labels, distinctive } of all) {
    const same = metrics.get(name);
    metrics.set(name, {
      kind,
      labels: new Set([...HOST_LABELS[dialect], ...labels, ...(same?.labels ?? [])]),
      distinctive: new Set([...distinctive, ...(same?.distinctive ?? [])]),
    });
  }
  return {
    dialect,
    metrics,
    values: valuesOf(dialect),
    descriptive: new Set(DESCRIPTIVE.map((label) => nameOf(dialect, label))),
  };
}

function nameOf(dialect: DialectName, label: string): string {
  const { labels } = translate({ name: '', labels: { [label]: ANY_VALUE }, value: 1 });
  return dialect === 'scraped' ? label : (Object.keys(labels)[0] ?? label);
}

interface SeriesOfMetric extends KnownMetric {
  readonly name: string;
}

/** One with all labels; and one more that is folded, where it can be. */
function seriesOf(dialect: DialectName, name: MetricName): readonly SeriesOfMetric[] {
  const { kind, labels } = definitionOf(name);
  return [ANY_VALUE, FOLDED].map((end) => {
    const values = labels.map((label) => [label, ENDS.includes(label) ? end : ANY_VALUE] as const);
    const scraped = { name, labels: Object.fromEntries(values), value: 1 };
    const series = dialect === 'scraped' ? scraped : translate(scraped);
    const own = new Set(Object.keys(series.labels));
    const distinctive = Object.keys(series.labels).filter(
      (label) => ![ANY_VALUE, FOLDED, 'true'].includes(series.labels[label] ?? ''),
    );
    return { name: series.name, kind: prometheusKind(kind), labels: own, distinctive: new Set(distinctive) };
  });
}

function valuesOf(dialect: DialectName): ReadonlyMap<string, ReadonlySet<string>> {
  const values = Object.entries(FEW_VALUES).map(([label, texts]) => {
    const name = nameOf(dialect, label);
    const has = (text: string): boolean => dialect === 'scraped' || isTranslated(label, text);
    return [name, new Set(texts.filter(has))] as const;
  });
  return new Map([...values, ['netstat_folded', new Set(['true'])]]);
}

/** Some values are told in another way, or not at all. */
function isTranslated(label: string, text: string): boolean {
  return Object.values(translate({ name: '', labels: { [label]: text }, value: 1 }).labels).includes(text);
}
