// A collection's samples as OTLP metrics.

import type { Attributes, AttributeValue, HrTime } from '@opentelemetry/api';
import type { DataPoint, MetricData } from '@opentelemetry/sdk-metrics';
import { definitionOf } from '../../metrics/catalogue.ts';
import type { Family, Samples } from '../../metrics/samples.ts';
import { attributeOf, type OtlpMetric, otlpMetricOf } from './mapping.ts';
import { hrTime, NO_START_MS, numberPoint, numbersData } from './metric-data.ts';
import type { Temporality } from './settings.ts';
import { startBefore, type Totals } from './totals.ts';

/** All points have the time of the snapshot. Sums count from the boot of the host, as far as `totals` knows no better. */
export function hostMetrics(samples: Samples, totals: Totals<number>, temporality: Temporality): MetricData[] {
  const byName = new Map<string, { readonly metric: OtlpMetric; readonly points: DataPoint<number>[] }>();
  for (const family of samples.families) {
    const metric = otlpMetricOf(family.name);
    const gathered = byName.get(metric.descriptor.name) ?? { metric, points: [] };
    byName.set(metric.descriptor.name, gathered);
    if (metric.kind === 'counter') addTotals(gathered.points, family, metric, samples, totals);
    else addCounts(gathered.points, family, metric, samples);
  }
  const metrics = [...byName.values()].filter(({ points }) => points.length > 0);
  return metrics.map(({ metric, points }) => numbersData(metric, points, temporality));
}

function addTotals(
  points: DataPoint<number>[],
  family: Family,
  metric: OtlpMetric,
  { timestampMs, bootTimeMs }: Samples,
  totals: Totals<number>,
): void {
  const attributes = attributesOf(family, metric);
  family.values.forEach((value, sample) => {
    const own = attributes(sample);
    const span = { value, startMs: bootTimeMs, endMs: timestampMs };
    const told = totals.span(`${family.name} ${JSON.stringify(own)}`, span);
    if (told !== undefined) points.push(numberPoint(told, own));
  });
}

/** Nearly all of a push: nothing is made for a point but its attributes. */
function addCounts(
  points: DataPoint<number>[],
  family: Family,
  metric: OtlpMetric,
  { timestampMs, bootTimeMs }: Samples,
): void {
  const startTime: HrTime = hrTime(metric.kind === 'gauge' ? NO_START_MS : startBefore(timestampMs, bootTimeMs));
  const endTime: HrTime = hrTime(timestampMs);
  const attributes = attributesOf(family, metric);
  family.values.forEach((value, sample) => {
    points.push({ startTime, endTime, attributes: attributes(sample), value });
  });
}

/** The attributes of a family's samples, by the number of the sample. */
function attributesOf(family: Family, metric: OtlpMetric): (sample: number) => Attributes {
  const { labels } = definitionOf(family.name);
  return (sample) => {
    const attributes: Record<string, AttributeValue> = { ...metric.attributes };
    labels.forEach((label, column) => {
      const attribute = attributeOf(label, family.labelValues[sample * labels.length + column] ?? '');
      if (attribute !== undefined) attributes[attribute[0]] = attribute[1];
    });
    return attributes;
  };
}
