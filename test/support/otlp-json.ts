// What a request of OTLP/HTTP in JSON holds, read as the protocol's own definition of JSON has it.

type AnyValue = { readonly stringValue?: string; readonly intValue?: number | string; readonly boolValue?: boolean };

interface KeyValue {
  readonly key: string;
  readonly value: AnyValue;
}

interface Point {
  readonly attributes?: readonly KeyValue[];
  readonly timeUnixNano: string;
  readonly asInt?: number | string;
  readonly asDouble?: number;
}

interface Metric {
  readonly name: string;
  readonly sum?: { readonly dataPoints: readonly Point[] };
  readonly gauge?: { readonly dataPoints: readonly Point[] };
  readonly histogram?: { readonly dataPoints: readonly Point[] };
}

interface Request {
  readonly resourceMetrics: readonly {
    readonly resource: { readonly attributes: readonly KeyValue[] };
    readonly scopeMetrics: readonly { readonly metrics: readonly Metric[] }[];
  }[];
}

/** One point of a metric. Histograms have no value here. */
export interface ReceivedPoint {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly value: number;
  readonly timeMs: number;
}

/** All points of a request, in order. */
export function pointsOf(body: Buffer): readonly ReceivedPoint[] {
  return metricsOf(body).flatMap(({ name, sum, gauge, histogram }) =>
    (sum ?? gauge ?? histogram ?? { dataPoints: [] }).dataPoints.map((point) => ({
      name,
      attributes: plain(point.attributes ?? []),
      value: Number(point.asInt ?? point.asDouble),
      timeMs: Number(BigInt(point.timeUnixNano) / 1_000_000n),
    })),
  );
}

export function metricNamesOf(body: Buffer): readonly string[] {
  return metricsOf(body).map(({ name }) => name);
}

export function resourceOf(body: Buffer): Readonly<Record<string, string>> {
  return plain(parse(body).resourceMetrics.flatMap(({ resource }) => resource.attributes));
}

function metricsOf(body: Buffer): readonly Metric[] {
  return parse(body).resourceMetrics.flatMap(({ scopeMetrics }) => scopeMetrics.flatMap(({ metrics }) => metrics));
}

function parse(body: Buffer): Request {
  return JSON.parse(body.toString());
}

function plain(attributes: readonly KeyValue[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    attributes.map(({ key, value }) => [key, String(value.stringValue ?? value.intValue ?? value.boolValue)]),
  );
}
