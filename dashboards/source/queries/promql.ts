// The pieces of PromQL that know a metric or a label, so that one that the catalogue does not have is a compile error.
import type { MetricName } from '../../../src/metrics/catalogue.ts';
import type { Condition, Dialect, Label, LabelOf } from './dialect.ts';

/** A value stands for `=`. */
type Conditions<Name extends MetricName> = Readonly<Partial<Record<LabelOf<Name>, string | Condition>>>;
/** `host` stands for the labels that tell a host: its job, and its own. */
export type Grouping = Label | 'host';

export function not(value: string): Condition {
  return { operator: '!=', value };
}

export function matches(value: string): Condition {
  return { operator: '=~', value };
}

export function matchesNot(value: string): Condition {
  return { operator: '!~', value };
}

export interface Promql {
  readonly dialect: Dialect;
  /** `name{label="value"}`, of the hosts that are asked for. */
  series<Name extends MetricName>(name: Name, conditions?: Conditions<Name>): string;
  /** `by (label, …)`. */
  by(...labels: readonly Grouping[]): string;
  /** `on (label, …)`. */
  on(...labels: readonly Grouping[]): string;
  /** `{{label}}`, for a legend. */
  legend(label: Grouping): string;
  /** The label's own name. */
  label(label: Label): string;
}

/** `hosts`: matchers that each selector has; none in rules, which are about all hosts. */
export function promqlOf(dialect: Dialect, hosts: readonly string[] = []): Promql {
  const namesOf = (labels: readonly Grouping[]): string =>
    labels.flatMap((label) => (label === 'host' ? ['job', dialect.hostLabel] : [dialect.label(label)])).join(', ');
  return {
    dialect,
    series(name, conditions) {
      const metric = dialect.metric(name);
      const own = Object.entries<string | Condition | undefined>(conditions ?? {}).flatMap(([label, condition]) =>
        condition === undefined
          ? []
          : [
              dialect.matcher(
                label as Label,
                typeof condition === 'string' ? { operator: '=', value: condition } : condition,
              ),
            ],
      );
      const matchers = [...hosts, dialect.ownMatcher, ...metric.matchers, ...own].join(', ');
      return `${metric.name}{${matchers}}`;
    },
    by: (...labels) => `by (${namesOf(labels)})`,
    on: (...labels) => `on (${namesOf(labels)})`,
    legend: (label) => `{{${label === 'host' ? dialect.hostLabel : dialect.label(label)}}}`,
    label: (label) => dialect.label(label),
  };
}
