// Runs a case through promtool, with the committed file of rules, in one dialect.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { translate } from '../../peers/series.ts';
import { type DialectName, type RuleKind, readRuleFiles } from '../../support/dashboard-files.ts';
import {
  type AlertCase,
  type AlertSuite,
  type Firing,
  type Host,
  type Input,
  type Minute,
  type RecordingCase,
  UP,
} from './cases.ts';

/** Of the exporter: a label of pushed series, where all attributes of the resource are (deploy/otel-collector). */
const FIRST_VERSION = '1.0.0';

type LabelSet = Readonly<Record<string, string>>;

/** Throws with what promtool says: what was expected, and what there was. */
export function testAlert(suite: AlertSuite, alertCase: AlertCase, dialect: DialectName): void {
  const { title, inputs, checks, evaluatedEachMinutes = 1 } = alertCase;
  runPromtool('alerts', dialect, evaluatedEachMinutes, {
    name: title,
    interval: '1m',
    input_series: inputSeries(inputs),
    alert_rule_test: checks.map(([minute, firings]) => ({
      eval_time: `${minuteIn(dialect, minute)}m`,
      alertname: suite.alert,
      exp_alerts: firings.map((firing) => expectedAlert(suite, firing, dialect)),
    })),
  });
}

/** As testAlert: none of these alerts may fire at this minute. */
export function testSilence(
  alerts: readonly string[],
  inputs: readonly Input[],
  minute: number,
  dialect: DialectName,
): void {
  runPromtool('alerts', dialect, 1, {
    name: `nothing fires at minute ${minute}`,
    interval: '1m',
    input_series: inputSeries(inputs),
    alert_rule_test: alerts.map((alertname) => ({ eval_time: `${minute}m`, alertname, exp_alerts: [] })),
  });
}

/** As testAlert, of what a recording rule has recorded. */
export function testRecording(recording: RecordingCase, dialect: DialectName): void {
  const record = recordIn(dialect, recording);
  const { title, inputs, minute, samples } = recording;
  runPromtool('rules', dialect, 1, {
    name: title,
    interval: '1m',
    input_series: inputSeries(inputs),
    promql_expr_test: [
      {
        expr: record,
        eval_time: `${minute}m`,
        exp_samples: samples.map(({ host, labels, value }) => ({
          labels: selector(record, { ...hostLabels(host, dialect), ...labelsIn(dialect, labels) }),
          value,
        })),
      },
    ],
  });
}

/** What a recording rule is called: its level begins with the label of the host. */
export function recordIn(dialect: DialectName, { level, name }: Pick<RecordingCase, 'level' | 'name'>): string {
  const labels = Object.keys(labelsIn(dialect, Object.fromEntries(level.map((label) => [label, 'any']))));
  return `${[dialect === 'otlp' ? 'host_name' : 'instance', ...labels].join('_')}:${name}`;
}

function runPromtool(kind: RuleKind, dialect: DialectName, evaluatedEachMinutes: number, test: object): void {
  const rules = readRuleFiles().find((file) => file.kind === kind && file.dialect === dialect);
  if (rules === undefined) throw new Error(`there is no file of ${kind} in the dialect ${dialect}`);
  const folder = mkdtempSync(join(tmpdir(), 'netstat-exporter-rules-'));
  const file = join(folder, 'test.yaml');
  try {
    const tests = { rule_files: [rules.file], evaluation_interval: `${evaluatedEachMinutes}m`, tests: [test] };
    // JSON is YAML.
    writeFileSync(file, JSON.stringify(tests));
    execFileSync('promtool', ['test', 'rules', file], { encoding: 'utf8', stdio: 'pipe' });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function minuteIn(dialect: DialectName, minute: Minute): number {
  return typeof minute === 'number' ? minute : minute[dialect];
}

/** Both the scraped and the pushed series, as in a store that has hosts of either kind: a rule sees those of its dialect. */
function inputSeries(inputs: readonly Input[]): readonly object[] {
  const pushed = inputs.filter(({ name }) => name !== UP);
  return [...inputs.map((one) => seriesIn('scraped', one)), ...pushed.map((one) => seriesIn('otlp', one))];
}

function seriesIn(dialect: DialectName, { name, labels, host, values, version = FIRST_VERSION }: Input): object {
  const series = dialect === 'otlp' ? translate({ name, labels, value: 0 }) : { name, labels };
  const own = dialect === 'otlp' ? { instance: instanceIdOf(host), service_version: version } : {};
  return {
    series: selector(series.name, { ...series.labels, ...hostLabels(host, dialect), ...own }),
    values: dialect === 'otlp' ? values.replaceAll('stale', '_') : values,
  };
}

function expectedAlert({ alert, severity }: AlertSuite, firing: Firing, dialect: DialectName): object {
  const { host, labels, summary, description } = firing;
  return {
    exp_labels: { severity, ...hostLabels(host, dialect), ...labelsIn(dialect, labels) },
    exp_annotations: { summary, description, runbook: `docs/runbooks/${alert}.md` },
  };
}

function hostLabels(host: Host, dialect: DialectName): LabelSet {
  return { job: host.job, [dialect === 'otlp' ? 'host_name' : 'instance']: host.name };
}

/** `service.instance.id`: a text that tells hosts apart, and is none of their names. */
function instanceIdOf({ job, name }: Host): string {
  return `${Buffer.from(`${name}.${job}`).toString('hex').slice(0, 20)}-uuid`;
}

function labelsIn(dialect: DialectName, labels: LabelSet = {}): LabelSet {
  return dialect === 'otlp' ? translate({ name: 'any', labels, value: 0 }).labels : labels;
}

function selector(name: string, labels: LabelSet): string {
  // Prometheus takes the replacement character itself for broken UTF-8.
  const quote = (text: string): string => JSON.stringify(text).replaceAll('\uFFFD', '\\ufffd');
  const pairs = Object.entries(labels).map(([label, text]) => `${label}=${quote(text)}`);
  return `${name}{${pairs.join(', ')}}`;
}
