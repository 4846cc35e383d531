// Queries for series that a collection has.

import { definitionOf, type HostMetricName, type Labels } from '../../metrics/catalogue.ts';
import { OTHER } from '../../metrics/groups/groups.ts';
import type { Family, Samples } from '../../metrics/samples.ts';
import type { MetricQuery } from '../endpoint.ts';
import { selector } from './promql.ts';

/** No label value has it: control characters are replaced in all of them. */
const SEPARATOR = '\0';

/** Looks through a metric once, and not before it is asked for. */
export class SeriesQueries {
  readonly #families: ReadonlyMap<HostMetricName, Family>;
  readonly #series = new Map<HostMetricName, ReadonlySet<string>>();
  readonly #omitted: readonly string[];

  /** `omitted`: labels that no series has. */
  constructor({ families }: Samples, omitted: readonly string[]) {
    this.#families = new Map(families.map((family) => [family.name, family]));
    this.#omitted = omitted;
  }

  /** The query for the series with these labels; for that of `folded` where there is none; undefined where there is neither. */
  query<Name extends HostMetricName>(
    title: string,
    name: Name,
    labels: Labels<Name>,
    folded?: Labels<Name>,
  ): MetricQuery | undefined {
    const [key, foldedKey] = [keyOf(name, labels), folded && keyOf(name, folded)];
    const series = this.#seriesOf(name);
    if (key !== foldedKey && series.has(key)) return { title, promql: this.#selector(name, labels) };
    if (folded === undefined || foldedKey === undefined || !series.has(foldedKey)) return undefined;
    return { title: `${title}, among ${OTHER}`, promql: this.#selector(name, folded) };
  }

  has<Name extends HostMetricName>(name: Name, labels: Labels<Name>): boolean {
    return this.#seriesOf(name).has(keyOf(name, labels));
  }

  #selector<Name extends HostMetricName>(name: Name, labels: Labels<Name>): string {
    const matched = Object.entries<string>(labels).filter(([label]) => !this.#omitted.includes(label));
    return selector(name, matched);
  }

  #seriesOf(name: HostMetricName): ReadonlySet<string> {
    const known = this.#series.get(name);
    if (known !== undefined) return known;
    const width = definitionOf(name).labels.length;
    const { labelValues = [], values = [] } = this.#families.get(name) ?? {};
    const keys = values.map((_, index) => labelValues.slice(index * width, (index + 1) * width).join(SEPARATOR));
    const series = new Set(keys);
    this.#series.set(name, series);
    return series;
  }
}

/** The label values in the order of the catalogue. */
function keyOf<Name extends HostMetricName>(name: Name, labels: Labels<Name>): string {
  const byName: Readonly<Record<string, string>> = labels;
  return definitionOf(name)
    .labels.map((label) => byName[label] ?? '')
    .join(SEPARATOR);
}
