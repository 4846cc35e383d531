// What a push holds, in a form for tests to read: the points of each metric as lines.
import type { CollectionResult, MetricData, ResourceMetrics } from '@opentelemetry/sdk-metrics';

/** `name{attribute=value,...} value` for each point of numbers, in order. */
export function linesOf(pushed: CollectionResult | ResourceMetrics): readonly string[] {
  return metricsOf(pushed).flatMap(({ descriptor, dataPoints }) =>
    dataPoints.map(({ attributes, value }) => {
      const text = Object.entries(attributes).map(([name, attribute]) => `${name}=${attribute}`);
      return `${descriptor.name}{${text.join(',')}} ${typeof value === 'number' ? value : JSON.stringify(value)}`;
    }),
  );
}

export function metricsOf(pushed: CollectionResult | ResourceMetrics): readonly MetricData[] {
  const { scopeMetrics } = 'resourceMetrics' in pushed ? pushed.resourceMetrics : pushed;
  return scopeMetrics.flatMap(({ metrics }) => metrics);
}

/** The one metric of this name. Throws when there are more, or none. */
export function metricOf(pushed: CollectionResult | ResourceMetrics, name: string): MetricData {
  const [metric, ...others] = metricsOf(pushed).filter(({ descriptor }) => descriptor.name === name);
  if (metric === undefined || others.length > 0) throw new Error(`${others.length + 1} metrics are named ${name}`);
  return metric;
}
