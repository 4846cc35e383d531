// What prom-client's registry gives of its metrics, as both outputs read it.

import type { Registry } from 'prom-client';
import { METRIC_NAMES, type MetricName } from '../metrics/catalogue.ts';

export type RegistryMetric = Awaited<ReturnType<Registry['getMetricsAsJSON']>>[number];
export type RegistrySample = RegistryMetric['values'][number];

const KINDS = ['counter', 'gauge', 'histogram', 'summary'] as const;
export type RegistryKind = (typeof KINDS)[number];

/** Throws for a kind that prom-client does not have today. It declares the type as a numeric enum, and gives its name. */
export function registryKind({ name, type }: RegistryMetric): RegistryKind {
  const kind = KINDS.find((candidate) => candidate === String(type));
  if (kind === undefined) throw new Error(`prom-client gave ${name} the type ${type}; known: ${KINDS.join()}.`);
  return kind;
}

/** The metric's name in the catalogue, which knows more of it; undefined for the default metrics. */
export function catalogueName({ name }: RegistryMetric): MetricName | undefined {
  return METRIC_NAMES.find((candidate) => candidate === name);
}

/** What follows the metric's name in its sample's: histograms and summaries have such names, which prom-client's types do not tell. */
export function sampleSuffix(
  { name }: RegistryMetric,
  { metricName = name }: RegistrySample & { readonly metricName?: string },
): string {
  return metricName.slice(name.length);
}
