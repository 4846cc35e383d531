// What a store answers over the HTTP API of Prometheus (Prometheus, "HTTP API"), which VictoriaMetrics has as well.
import type { Series } from './series.ts';

export interface Store {
  /** The answer to an instant query, as of now. Rejects with the store's own words where the expression is none. */
  query(expression: string): Promise<readonly Series[]>;
  queryRange(expression: string, range: TimeRange): Promise<readonly RangeSeries[]>;
  /** The values that a label has in the series of a selector; in all series where that is left out. */
  labelValues(label: string, selector?: string): Promise<readonly string[]>;
}

export interface TimeRange {
  readonly startSeconds: number;
  readonly endSeconds: number;
  readonly stepSeconds: number;
}

export interface Point {
  /** Unix time. */
  readonly timeSeconds: number;
  readonly value: number;
}

/** An instant without a value has no point. */
export interface RangeSeries {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly points: readonly Point[];
}

/** Whether there is anything to see: what cannot be computed, or is without bounds, is not. */
export function hasData(series: readonly (Series | RangeSeries)[]): boolean {
  return series.some((one) => ('value' in one ? [one] : one.points).some(({ value }) => Number.isFinite(value)));
}

type Answer<Data> =
  | { readonly status: 'success'; readonly data: Data }
  | { readonly status: 'error'; readonly errorType: string; readonly error: string };

/** Unix time in seconds, and the value as text. */
type Pair = readonly [timeSeconds: number, value: string];
type Metric = Readonly<Record<string, string>>;

type InstantAnswer =
  | { readonly resultType: 'scalar'; readonly result: Pair }
  | { readonly resultType: 'vector'; readonly result: readonly { readonly metric: Metric; readonly value: Pair }[] };

interface RangeAnswer {
  readonly result: readonly { readonly metric: Metric; readonly values: readonly Pair[] }[];
}

/** The store whose API is below `url`. */
export function storeAt(url: string): Store {
  const ask = async <Data>(path: string, parameters: Readonly<Record<string, string>>): Promise<Data> => {
    const response = await fetch(`${url}/api/v1/${path}?${new URLSearchParams(parameters)}`);
    const text = await response.text();
    const answer = response.headers.get('content-type')?.startsWith('application/json')
      ? (JSON.parse(text) as Answer<Data>)
      : ({ status: 'error', errorType: String(response.status), error: text } as const);
    if (answer.status === 'error')
      throw new Error(`${url} refuses ${path} ${JSON.stringify(parameters)}: ${answer.errorType}: ${answer.error}`);
    return answer.data;
  };
  return {
    async query(expression) {
      const answer = await ask<InstantAnswer>('query', { query: expression });
      return answer.resultType === 'scalar'
        ? [{ name: '', labels: {}, value: Number(answer.result[1]) }]
        : answer.result.map(({ metric, value }) => ({ ...readMetric(metric), value: Number(value[1]) }));
    },
    async queryRange(expression, { startSeconds, endSeconds, stepSeconds }) {
      const range = { start: String(startSeconds), end: String(endSeconds), step: String(stepSeconds) };
      const { result } = await ask<RangeAnswer>('query_range', { query: expression, ...range });
      return result.map(({ metric, values }) => {
        const points = values.map(([timeSeconds, value]) => ({ timeSeconds, value: Number(value) }));
        return { ...readMetric(metric), points };
      });
    },
    labelValues: (label, selector) =>
      ask(`label/${encodeURIComponent(label)}/values`, selector === undefined ? {} : { 'match[]': selector }),
  };
}

function readMetric({ __name__: name = '', ...labels }: Metric): Pick<Series, 'name' | 'labels'> {
  return { name, labels };
}
