// The SDK's form of a metric and its points.

import type { Attributes, HrTime } from '@opentelemetry/api';
import {
  AggregationTemporality,
  type DataPoint,
  DataPointType,
  type Histogram,
  type MetricData,
} from '@opentelemetry/sdk-metrics';
import type { OtlpMetric } from './mapping.ts';
import type { Temporality } from './settings.ts';
import type { Distribution, Span } from './totals.ts';

const TEMPORALITIES = {
  cumulative: AggregationTemporality.CUMULATIVE,
  delta: AggregationTemporality.DELTA,
} as const satisfies Record<Temporality, AggregationTemporality>;

/** A gauge stands for an instant: it has no start. 0 says so in OTLP. */
export const NO_START_MS = 0;

/** Seconds and nanoseconds, from milliseconds of Unix time. */
export function hrTime(timeMs: number): HrTime {
  const seconds = Math.floor(timeMs / 1000);
  return [seconds, Math.floor((timeMs - seconds * 1000) * 1_000_000)];
}

/** A metric of numbers; `temporality` is that of counters. */
export function numbersData(
  { descriptor, kind }: OtlpMetric,
  dataPoints: DataPoint<number>[],
  temporality: Temporality,
): MetricData {
  const { CUMULATIVE } = AggregationTemporality;
  if (kind === 'gauge') {
    return { descriptor, aggregationTemporality: CUMULATIVE, dataPointType: DataPointType.GAUGE, dataPoints };
  }
  const isMonotonic = kind === 'counter';
  const aggregationTemporality = isMonotonic ? TEMPORALITIES[temporality] : CUMULATIVE;
  return { descriptor, aggregationTemporality, dataPointType: DataPointType.SUM, isMonotonic, dataPoints };
}

/** A metric of histograms. */
export function histogramsData(
  { descriptor }: OtlpMetric,
  dataPoints: DataPoint<Histogram>[],
  temporality: Temporality,
): MetricData {
  const aggregationTemporality = TEMPORALITIES[temporality];
  return { descriptor, aggregationTemporality, dataPointType: DataPointType.HISTOGRAM, dataPoints };
}

export function numberPoint({ value, startMs, endMs }: Span<number>, attributes: Attributes): DataPoint<number> {
  return { startTime: hrTime(startMs), endTime: hrTime(endMs), attributes, value };
}

export function histogramPoint(span: Span<Distribution>, attributes: Attributes): DataPoint<Histogram> {
  const { boundaries, counts, count, sum } = span.value;
  const value = { buckets: { boundaries: [...boundaries], counts: [...counts] }, count, sum };
  return { startTime: hrTime(span.startMs), endTime: hrTime(span.endMs), attributes, value };
}
