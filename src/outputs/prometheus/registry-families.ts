// The metrics that prom-client keeps, as families for the writer.

import type { Registry } from 'prom-client';
import { definitionOf, METRIC_NAMES } from '../../metrics/catalogue.ts';
import type { TextFamily } from './text-family.ts';

type RegistryMetric = Awaited<ReturnType<Registry['getMetricsAsJSON']>>[number];
type RegistrySample = RegistryMetric['values'][number];

/** All metrics of the registry as they stand. Rejects when one of its collect functions throws. */
export async function registryFamilies(registry: Registry): Promise<readonly TextFamily[]> {
  const metrics = await registry.getMetricsAsJSON();
  return metrics.map(toFamily);
}

function toFamily(metric: RegistryMetric): TextFamily {
  const { name, help, values: samples } = metric;
  const labels = labelNames(samples);
  return {
    name,
    help,
    ...kindAndUnit(metric),
    labels,
    labelValues: samples.flatMap((sample) => labels.map((label) => String(sample.labels[label] ?? ''))),
    values: samples.map((sample) => sample.value),
    suffixes: samples.map((sample) => sampleName(sample, name).slice(name.length)),
  };
}

/** The samples of one metric need not have the same labels: only a histogram's buckets have `le`. */
function labelNames(samples: readonly RegistrySample[]): readonly string[] {
  return [...new Set(samples.flatMap((sample) => Object.keys(sample.labels)))];
}

/** prom-client knows neither infos nor units; the catalogue knows them of our own metrics. */
function kindAndUnit({ name, type }: RegistryMetric): Pick<TextFamily, 'kind' | 'unit'> {
  const ours = METRIC_NAMES.find((candidate) => candidate === name);
  if (ours !== undefined) return definitionOf(ours);
  // prom-client declares the type as a numeric enum, and gives its name.
  const kind = REGISTRY_KINDS.find((candidate) => candidate === String(type));
  if (kind === undefined)
    throw new Error(`prom-client gave ${name} the type ${type}; known: ${REGISTRY_KINDS.join()}.`);
  return { kind, unit: '' };
}

const REGISTRY_KINDS = ['counter', 'gauge', 'histogram', 'summary'] as const;

/** A histogram's or summary's samples have names of their own, which prom-client's types do not tell. */
function sampleName(sample: RegistrySample & { readonly metricName?: string }, name: string): string {
  return sample.metricName ?? name;
}
