// Samples as lines of text, for tests to read and to add up.
import { definitionOf, type HostMetricName } from '../../src/metrics/catalogue.ts';
import type { Family, Samples } from '../../src/metrics/samples.ts';

/** `process="nginx",state="listen" 2` for each sample of a metric, in order; empty labels left out. */
export function linesOf(samples: Samples, name: HostMetricName): readonly string[] {
  const family = familyOf(samples, name);
  return family === undefined
    ? []
    : rowsOf(family).map(({ labels, value }) => {
        const text = Object.entries(labels).map(([label, labelValue]) => `${label}="${labelValue}"`);
        return `${text.join(',')} ${value}`;
      });
}

/** The sum over all samples of a metric that have these label values; undefined if the metric is absent. */
export function sumOf(
  samples: Samples,
  name: HostMetricName,
  wanted: Readonly<Record<string, string>> = {},
): number | undefined {
  const family = familyOf(samples, name);
  if (family === undefined) return undefined;
  return rowsOf(family)
    .filter(({ labels }) => Object.entries(wanted).every(([label, value]) => labels[label] === value))
    .reduce((sum, { value }) => sum + value, 0);
}

export function namesOf(samples: Samples): readonly HostMetricName[] {
  return samples.families.map((family) => family.name);
}

function familyOf(samples: Samples, name: HostMetricName): Family | undefined {
  return samples.families.find((family) => family.name === name);
}

interface Row {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

function rowsOf({ name, labelValues, values }: Family): readonly Row[] {
  const { labels } = definitionOf(name);
  return values.map((value, index) => {
    const own = labels.map((label, i) => [label, labelValues[index * labels.length + i] ?? ''] as const);
    return { labels: Object.fromEntries(own.filter(([, text]) => text !== '')), value };
  });
}
