// What an alert and a recorded series are, before they are written to a file.
import type { Label } from '../queries/dialect.ts';
import type { Grouping, Promql } from '../queries/promql.ts';

/** `critical`: somebody is cut off, or will be at once. `warning`: it can wait until somebody is at work. */
export type Severity = 'warning' | 'critical';

/** All texts may have Prometheus' templates: labels, and `$value`, which is that of `expr`. */
export interface Alert {
  readonly name: `Netstat${string}`;
  readonly severity: Severity;
  /** Why it is as severe as that. A comment in the file. */
  readonly severityReason: string;
  /** When it fires, in words without templates: for the table of the runbooks. */
  readonly condition: string;
  readonly expr: string;
  readonly forMinutes: number;
  readonly summary: string;
  readonly description: string;
}

export interface AlertGroup {
  readonly name: `netstat-exporter-${string}`;
  readonly alerts: (promql: Promql) => readonly Alert[];
}

export interface Recording {
  /** Labels by which it is told apart, besides those of the host. */
  readonly labels: readonly Label[];
  /** What is recorded: the name of the metric, as /metrics has it, without `_total`. */
  readonly metric: string;
  /** What was done to it, the last first: `rate5m`, `max`. */
  readonly operations: string;
  /** What it is for. A comment in the file. */
  readonly purpose: string;
  readonly expr: string;
}

/** The page of an alert, from the root of the repository. */
export function runbookOf(name: string): string {
  return `docs/runbooks/${name}.md`;
}

/** The value of a label, within a text. */
export function labelValue({ dialect }: Promql, label: Grouping): string {
  return `{{ $labels.${label === 'host' ? dialect.hostLabel : dialect.label(label)} }}`;
}

/** The process, and in brackets its services where it has any. */
export function ownerOf(promql: Promql): string {
  return `${labelValue(promql, 'process')}{{ with $labels.${promql.label('services')} }} ({{ . }}){{ end }}`;
}
