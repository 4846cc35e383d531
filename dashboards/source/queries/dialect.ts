// The two ways in which a store knows our metrics: under the names of /metrics, or under those that OTLP data gets there.
import type { CATALOGUE, MetricName } from '../../../src/metrics/catalogue.ts';
import { ATTRIBUTE_NAMES, FOLDED_ATTRIBUTE, otlpMetricOf } from '../../../src/outputs/otlp/mapping.ts';

export const DIALECT_NAMES = ['scraped', 'otlp'] as const;
export type DialectName = (typeof DIALECT_NAMES)[number];

export type LabelOf<Name extends MetricName> = (typeof CATALOGUE)[Name]['labels'][number];
export type Label = LabelOf<MetricName>;

/** What the value of a label must, or must not, be or match. */
export interface Condition {
  readonly operator: '=' | '!=' | '=~' | '!~';
  readonly value: string;
}

export interface Dialect {
  readonly name: DialectName;
  /** The label that tells hosts apart, within a job. */
  readonly hostLabel: 'instance' | 'host_name';
  /** Each selector has it, so that hosts which are scraped and hosts that push can be in one store: many names are the same. */
  readonly ownMatcher: string;
  /** The shortest step of a query; undefined: the data source's. Counters move with each scrape, or with each push. */
  readonly minimumStep: string | undefined;
  /** What a metric is called, and the matchers that tell it from others of the same name. */
  metric(name: MetricName): { readonly name: string; readonly matchers: readonly string[] };
  label(label: Label): string;
  /** `label="value"`, as it stands between the braces of a selector. */
  matcher(label: Label, condition: Condition): string;
}

/** As Prometheus scrapes them. */
const SCRAPED: Dialect = {
  name: 'scraped',
  hostLabel: 'instance',
  ownMatcher: 'host_name=""',
  minimumStep: undefined,
  metric: (name) => ({ name, matchers: [] }),
  label: (label) => label,
  matcher: writeMatcher,
};

/**
 * As a store has them that turns OTLP's names into those of Prometheus with underscores and suffixes, and that makes the
 * resource attribute `host.name` a label (OpenTelemetry specification, "Prometheus and OpenMetrics Compatibility").
 */
const OTLP: Dialect = {
  name: 'otlp',
  hostLabel: 'host_name',
  ownMatcher: 'host_name!=""',
  minimumStep: '1m',
  metric(name) {
    const { attributes } = otlpMetricOf(name);
    const matchers = Object.entries(attributes).map(([attribute, value]) =>
      writeMatcher(withUnderscores(attribute), { operator: '=', value }),
    );
    return { name: otlpNameInPrometheus(name), matchers };
  },
  label: otlpLabel,
  matcher(label, condition) {
    const { operator, value } = condition;
    if (value !== '_other' || !ENDPOINT_LABELS.has(label)) return writeMatcher(otlpLabel(label), condition);
    // What is folded has no port and no address, and another attribute in their place.
    return operator === '='
      ? writeMatcher(withUnderscores(FOLDED_ATTRIBUTE), { operator, value: 'true' })
      : writeMatcher(otlpLabel(label), { operator, value: '' });
  },
};

export const DIALECTS: Readonly<Record<DialectName, Dialect>> = { scraped: SCRAPED, otlp: OTLP };

const ENDPOINT_LABELS: ReadonlySet<Label> = new Set<Label>(['port', 'remote_address', 'remote_port']);

function otlpLabel(label: Label): string {
  return withUnderscores(ATTRIBUTE_NAMES[label] ?? label);
}

function otlpNameInPrometheus(name: MetricName): string {
  const { descriptor, kind } = otlpMetricOf(name);
  const seconds = descriptor.unit === 's' ? '_seconds' : '';
  const total = kind === 'counter' ? '_total' : '';
  return `${withUnderscores(descriptor.name)}${seconds}${total}`;
}

function withUnderscores(name: string): string {
  return name.replaceAll('.', '_');
}

/** Values are of our own choice: none needs escaping but the backslashes of regular expressions. */
function writeMatcher(label: string, { operator, value }: Condition): string {
  return `${label}${operator}"${value.replaceAll('\\', '\\\\')}"`;
}
