// An OTLP request in JSON, as it is pushed and as the Collector writes it into a file, and what is in it.

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
  readonly timeUnixNano: string;
  /** 64-bit integers may be text in JSON. */
  readonly asInt?: string | number;
  readonly asDouble?: number;
}

interface KeyValue {
  readonly key: string;
  readonly value: { readonly stringValue?: string; readonly intValue?: string | number; readonly boolValue?: boolean };
}

/** One point of a metric of numbers. */
export interface ReceivedPoint {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly value: number;
  readonly timeMs: number;
}

/** A request as it is pushed; one without metrics where there is none. */
export function parseRequest(body: Buffer | undefined): ExportRequest {
  return body === undefined ? { resourceMetrics: [] } : JSON.parse(body.toString());
}

/** The lines of a file that grows: the last one may not be whole yet. */
export function parseRequests(text: string): readonly ExportRequest[] {
  const lines = text.split('\n').slice(0, -1);
  return lines.map((line) => JSON.parse(line));
}

/** The numbers of a request under the names that OTLP has for them, in order. */
export function pointsOf(request: ExportRequest): readonly ReceivedPoint[] {
  return metricsOf(request).flatMap(
    ({ name, sum, gauge }) =>
      (sum ?? gauge)?.dataPoints.map(({ attributes = [], timeUnixNano, asInt, asDouble }) => ({
        name,
        attributes: textsOf(attributes),
        value: Number(asInt ?? asDouble),
        timeMs: Number(BigInt(timeUnixNano) / 1_000_000n),
      })) ?? [],
  );
}

export function metricNamesOf(request: ExportRequest): readonly string[] {
  return metricsOf(request).map(({ name }) => name);
}

/** The attributes of all resources of a request. */
export function resourcesOf({ resourceMetrics }: ExportRequest): readonly Readonly<Record<string, string>>[] {
  return resourceMetrics.map(({ resource }) => textsOf(resource.attributes));
}

function metricsOf({ resourceMetrics }: ExportRequest): readonly Metric[] {
  return resourceMetrics.flatMap(({ scopeMetrics }) => scopeMetrics.flatMap(({ metrics }) => metrics));
}

function textsOf(attributes: readonly KeyValue[]): Readonly<Record<string, string>> {
  return Object.fromEntries(attributes.map(({ key, value }) => [key, String(Object.values(value)[0])]));
}
