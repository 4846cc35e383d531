// What a unit test of a rule says: series as /metrics has them, and what a rule makes of them, in either dialect.
import type { Labels, MetricName } from '../../../src/metrics/catalogue.ts';
import type { DialectName } from '../../support/dashboard-files.ts';

export interface Host {
  readonly job: string;
  readonly name: string;
}

export const WEB: Host = { job: 'netstat', name: 'web-1' };
export const DB: Host = { job: 'netstat', name: 'db-1' };
/** Another job may call another target the same. */
export const WEB_OF_OTHER_JOB: Host = { job: 'other', name: 'web-1' };

/**
 * `values` is one sample a minute from minute 0 on, in promtool's notation (Prometheus' documentation, "Unit testing for
 * rules"): `5+2x10` is 5 and ten more, each greater by 2; `_` is none; `stale` ends the series.
 */
export interface Input {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly host: Host;
  readonly values: string;
  /** Of the exporter; an upgrade begins new series where data are pushed. */
  readonly version?: string;
}

export function input<Name extends MetricName>(
  name: Name,
  labels: Partial<Labels<Name>>,
  values: string,
  host: Host = WEB,
): Input {
  return { name, labels: Object.fromEntries(Object.entries<string | undefined>(labels).map(textOf)), host, values };
}

function textOf([label, text]: readonly [string, string | undefined]): readonly [string, string] {
  return [label, text ?? ''];
}

/** What Prometheus adds for each target; pushed data has none. */
export const UP = 'up';

export function up(values: string, host: Host = WEB): Input {
  return { name: UP, labels: {}, host, values };
}

/** Where the dialects differ: pushed data has no mark for a series that has ended, which so goes on for five minutes. */
export type Minute = number | Readonly<Record<DialectName, number>>;

/** An alert that fires. Labels are those beside the host's and the severity. */
export interface Firing {
  readonly host: Host;
  readonly labels?: Readonly<Record<string, string>>;
  readonly summary: string;
  readonly description: string;
}

export interface AlertCase {
  readonly title: string;
  /** Of this dialect alone. */
  readonly only?: DialectName;
  /** 1 unless it is said, for days that would take long. The minutes of the checks are multiples of it. */
  readonly evaluatedEachMinutes?: number;
  readonly inputs: readonly Input[];
  /** What fires at these minutes: nothing, or these. */
  readonly checks: readonly (readonly [Minute, readonly Firing[]])[];
}

export interface AlertSuite {
  readonly alert: string;
  readonly severity: 'warning' | 'critical';
  readonly cases: readonly AlertCase[];
}

export interface RecordedSample {
  readonly host: Host;
  readonly labels?: Readonly<Record<string, string>>;
  readonly value: number;
}

export interface RecordingCase {
  /** The labels of its level, beside the host's, as /metrics has them. */
  readonly level: readonly string[];
  /** What its name says after the level. */
  readonly name: string;
  readonly title: string;
  readonly inputs: readonly Input[];
  readonly minute: number;
  readonly samples: readonly RecordedSample[];
}
