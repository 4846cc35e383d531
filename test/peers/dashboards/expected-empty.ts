// What may return nothing in the live world, with the reason. What stands here and returns something, or is nowhere, fails.
import type { DialectName } from '../../support/dashboard-files.ts';
import type { Host } from './hosts.ts';

/** With which host chosen a dashboard is looked at; `all`: with all of them, and so it is with rules. */
export type Look = Host | 'all';

export interface ExpectedEmpty {
  readonly dialects: readonly DialectName[];
  /** A dashboard, such as `process`; or `rules`, or `alerts`. */
  readonly file: string;
  /** Of the panel, with its kind, such as `In use (timeseries)`; the name of a recording rule or an alert. */
  readonly title: string;
  /** The query of the panel, such as `A`, or the comparison of the alert, such as `1`; left out: the panel as a whole. */
  readonly query?: string;
  readonly looks: readonly Look[];
  readonly reason: string;
}

export const EXPECTED_EMPTY: readonly ExpectedEmpty[] = [
  {
    dialects: ['otlp'],
    file: 'alerts',
    title: 'NetstatExporterDown',
    query: '1',
    looks: ['all'],
    reason: 'It compares the age of the last push of those only that push no more, and all do.',
  },
];
