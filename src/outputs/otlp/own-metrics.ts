// What prom-client keeps (the exporter's metrics about itself and its process) as OTLP metrics.

import { type Attributes, type AttributeValue, ValueType } from '@opentelemetry/api';
import type { DataPoint, Histogram, MetricData } from '@opentelemetry/sdk-metrics';
import type { Registry } from 'prom-client';
import { catalogueName, type RegistryMetric, registryKind, sampleSuffix } from '../registry.ts';
import { attributeOf, type OtlpMetric, otlpMetricOf, otlpName, type PointKind } from './mapping.ts';
import { histogramPoint, histogramsData, NO_START_MS, numberPoint, numbersData } from './metric-data.ts';
import type { Temporality } from './settings.ts';
import { type Distribution, startBefore, type Totals } from './totals.ts';

export interface OwnTotals {
  readonly counts: Totals<number>;
  readonly distributions: Totals<Distribution>;
  readonly temporality: Temporality;
  /** When the program began, and so its counters, in milliseconds of Unix time. */
  readonly beganMs: number;
}

/** All metrics of the registry as they stand now. Rejects when one of its collect functions throws. */
export async function ownMetrics(registry: Registry, totals: OwnTotals): Promise<readonly MetricData[]> {
  const metrics = await registry.getMetricsAsJSON();
  const nowMs = Date.now();
  const data = metrics.map((metric) => {
    const kind = kindOf(metric);
    return kind === 'histogram' ? histograms(metric, totals, nowMs) : numbers(metric, kind, totals, nowMs);
  });
  return data.filter(({ dataPoints }) => dataPoints.length > 0);
}

function numbers(metric: RegistryMetric, kind: PointKind, totals: OwnTotals, endMs: number): MetricData {
  const { counts, temporality, beganMs } = totals;
  const points: DataPoint<number>[] = [];
  for (const { value, labels } of metric.values) {
    const attributes = attributesOf(labels);
    const total = { value, startMs: kind === 'gauge' ? NO_START_MS : startBefore(endMs, beganMs), endMs };
    const span = kind === 'counter' ? counts.span(seriesOf(metric, attributes), total) : total;
    if (span !== undefined) points.push(numberPoint(span, attributes));
  }
  return numbersData(otlpMetric(metric, kind), points, temporality);
}

function histograms(metric: RegistryMetric, totals: OwnTotals, endMs: number): MetricData {
  const { distributions, temporality, beganMs } = totals;
  const points: DataPoint<Histogram>[] = [];
  for (const { labels, value } of distributionsOf(metric)) {
    const attributes = attributesOf(labels);
    const span = distributions.span(seriesOf(metric, attributes), { value, startMs: beganMs, endMs });
    if (span !== undefined) points.push(histogramPoint(span, attributes));
  }
  return histogramsData(otlpMetric(metric, 'counter'), points, temporality);
}

/** prom-client gives a histogram as the samples of its text: buckets that count all below them, a sum and a count. */
function distributionsOf(metric: RegistryMetric): readonly { labels: object; value: Distribution }[] {
  const bySeries = new Map<string, { labels: object; buckets: [number, number][]; count: number; sum: number }>();
  for (const sample of metric.values) {
    const { le, ...labels } = sample.labels;
    const key = JSON.stringify(labels);
    const series = bySeries.get(key) ?? { labels, buckets: [], count: 0, sum: 0 };
    bySeries.set(key, series);
    const suffix = sampleSuffix(metric, sample);
    if (suffix === '_sum') series.sum = sample.value;
    else if (suffix === '_count') series.count = sample.value;
    else series.buckets.push([Number(le === '+Inf' ? Number.POSITIVE_INFINITY : le), sample.value]);
  }
  return [...bySeries.values()].map(({ labels, buckets, count, sum }) => {
    const sorted = buckets.sort(([one], [other]) => one - other);
    const counts = sorted.map(([, below], bucket) => below - (sorted[bucket - 1]?.[1] ?? 0));
    const boundaries = sorted.map(([bound]) => bound).filter(Number.isFinite);
    return { labels, value: { boundaries, counts, count, sum } };
  });
}

/** Neither prom-client's default metrics nor ours are summaries. */
function kindOf(metric: RegistryMetric): PointKind | 'histogram' {
  const kind = registryKind(metric);
  if (kind === 'summary') throw new Error(`${metric.name} is a summary: there is no code to push one`);
  return kind;
}

/** Of the metrics that are not in the catalogue, the name tells the unit. */
function otlpMetric(metric: RegistryMetric, kind: PointKind): OtlpMetric {
  const ours = catalogueName(metric);
  if (ours !== undefined) return otlpMetricOf(ours);
  const { name, help } = metric;
  const unit = /_seconds(_total)?$/.test(name) ? 's' : /_bytes(_total)?$/.test(name) ? 'By' : '';
  const descriptor = { name: otlpName(name), description: help, unit, valueType: ValueType.DOUBLE };
  return { descriptor, kind, attributes: {} };
}

function attributesOf(labels: object): Attributes {
  const attributes: Record<string, AttributeValue> = {};
  for (const [label, value] of Object.entries(labels)) {
    const attribute = attributeOf(label, String(value));
    if (attribute !== undefined) attributes[attribute[0]] = attribute[1];
  }
  return attributes;
}

function seriesOf({ name }: RegistryMetric, attributes: Attributes): string {
  return `${name} ${JSON.stringify(attributes)}`;
}
