// The files of rules that Prometheus loads: what the code beside this one defines, as YAML.
import { Document, isMap, type YAMLMap } from 'yaml';
import type { Dialect } from '../queries/dialect.ts';
import { type Promql, promqlOf } from '../queries/promql.ts';
import { connectionAlerts } from './connections.ts';
import { exporterAlerts } from './exporter.ts';
import { portAlerts } from './ports.ts';
import { recordings } from './recordings.ts';
import { type Alert, type AlertGroup, type Recording, runbookOf } from './rule.ts';

const ALERT_GROUPS: readonly AlertGroup[] = [
  { name: 'netstat-exporter-ports', alerts: portAlerts },
  { name: 'netstat-exporter-connections', alerts: connectionAlerts },
  { name: 'netstat-exporter-exporter', alerts: exporterAlerts },
];

/** The alerts of all groups, in their order. */
export function alertsOf(dialect: Dialect): readonly Alert[] {
  const promql = promqlOf(dialect);
  return ALERT_GROUPS.flatMap(({ alerts }) => alerts(promql));
}

/** Either file may be loaded without the other. */
export function ruleFiles(dialect: Dialect): { readonly alerts: string; readonly rules: string } {
  const promql = promqlOf(dialect);
  const names = dialect.name === 'scraped' ? 'scraped from /metrics' : 'pushed over OTLP';
  return {
    alerts: writeFile(
      `Alerts on what is ${names}. Made by \`npm run dashboards\`; what to do: docs/runbooks.`,
      ALERT_GROUPS.map(({ name, alerts }) => ({ name, rules: alerts(promql).map(alertRule) })),
    ),
    rules: writeFile(
      `Recording rules on what is ${names}, for many hosts and long times. Made by \`npm run dashboards\`.`,
      [{ name: 'netstat-exporter-recordings', rules: recordings(promql).map((one) => recordingRule(one, promql)) }],
    ),
  };
}

interface Rule {
  readonly comment: string;
  /** As Prometheus' documentation has it, "Alerting rules" and "Recording rules". */
  readonly yaml: object;
}

interface RuleGroup {
  readonly name: string;
  readonly rules: readonly Rule[];
}

function alertRule(alert: Alert): Rule {
  const { name, severity, severityReason, expr, forMinutes, summary, description } = alert;
  return {
    comment: `${severity}: ${severityReason}`,
    yaml: {
      alert: name,
      expr,
      for: `${forMinutes}m`,
      labels: { severity },
      annotations: { summary, description, runbook: runbookOf(name) },
    },
  };
}

/** Its level is the labels that it has (Prometheus' documentation, "Recording rules": level:metric:operations). */
function recordingRule({ labels, metric, operations, purpose, expr }: Recording, { dialect }: Promql): Rule {
  const level = [dialect.hostLabel, ...labels.map((label) => dialect.label(label))].join('_');
  return { comment: purpose, yaml: { record: `${level}:${metric}:${operations}`, expr } };
}

function writeFile(title: string, groups: readonly RuleGroup[]): string {
  const document = new Document({
    groups: groups.map(({ name, rules }) => ({ name, rules: rules.map(({ yaml }) => yaml) })),
  });
  document.commentBefore = ` ${title}`;
  for (const [group, { rules }] of groups.entries()) {
    for (const [index, { comment }] of rules.entries()) {
      const node = nodeOf(document, group, index);
      node.commentBefore = ` ${comment}`;
      node.spaceBefore = index > 0;
    }
  }
  return document.toString({ lineWidth: 0 });
}

function nodeOf(document: Document, group: number, rule: number): YAMLMap {
  const node = document.getIn(['groups', group, 'rules', rule], true);
  if (!isMap(node)) throw new Error(`the document has no rule ${rule} in its group ${group}`);
  return node;
}
