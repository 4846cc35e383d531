// An OTLP request as the Collector writes it into a file, and what is in it.
import type { Series } from './series.ts';

/** ExportMetricsServiceRequest of the OTLP specification as JSON, as far as the tests look into it. */
export interface ExportRequest {
  readonly resourceMetrics: readonly {
    readonly resource: { readonly attributes: readonly KeyValue[] };
    readonly scopeMetrics: readonly { readonly metrics: readonly Metric[] }[];
  }[];
}

interface Metric {
  readonly name: string;
  readonly sum?: { readonly dataPoints: readonly NumberDataPoint[] };
  readonly gauge?: { readonly dataPoints: readonly NumberDataPoint[] };
}

interface NumberDataPoint {
  readonly attributes?: readonly KeyValue[];
  /** 64-bit integers are text in JSON. */
  readonly asInt?: string;
  readonly asDouble?: number;
}

interface KeyValue {
  readonly key: string;
  readonly value: { readonly stringValue?: string; readonly intValue?: string; readonly boolValue?: boolean };
}

/** The lines of a file that grows: the last one may not be whole yet. */
export function parseRequests(text: string): readonly ExportRequest[] {
  const lines = text.split('\n').slice(0, -1);
  return lines.map((line) => JSON.parse(line) as ExportRequest);
}

/** The numbers of a request under the names that OTLP has for them. */
export function pointsOf({ resourceMetrics }: ExportRequest): readonly Series[] {
  const metrics = resourceMetrics.flatMap(({ scopeMetrics }) => scopeMetrics.flatMap((scope) => scope.metrics));
  return metrics.flatMap(
    ({ name, sum, gauge }) =>
      (sum ?? gauge)?.dataPoints.map(({ attributes = [], asInt, asDouble }) => ({
        name,
        labels: textsOf(attributes),
        value: Number(asInt ?? asDouble),
      })) ?? [],
  );
}

export function textsOf(attributes: readonly KeyValue[]): Readonly<Record<string, string>> {
  return Object.fromEntries(attributes.map(({ key, value }) => [key, String(Object.values(value)[0])]));
}
