// The metrics that prom-client keeps, as families for the writer.

import type { Registry } from 'prom-client';
import { definitionOf, prometheusKind } from '../../metrics/catalogue.ts';
import { catalogueName, type RegistryMetric, type RegistrySample, registryKind, sampleSuffix } from '../registry.ts';
import type { TextFamily } from './text-family.ts';

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
    suffixes: samples.map((sample) => sampleSuffix(metric, sample)),
  };
}

/** The samples of one metric need not have the same labels: only a histogram's buckets have `le`. */
function labelNames(samples: readonly RegistrySample[]): readonly string[] {
  return [...new Set(samples.flatMap((sample) => Object.keys(sample.labels)))];
}

/** prom-client knows neither infos nor units; the catalogue knows them of our own metrics. */
function kindAndUnit(metric: RegistryMetric): Pick<TextFamily, 'kind' | 'unit'> {
  const ours = catalogueName(metric);
  if (ours === undefined) return { kind: registryKind(metric), unit: '' };
  const { kind, unit } = definitionOf(ours);
  return { kind: prometheusKind(kind), unit };
}
