// World: promtool, of Debian's prometheus. The files of alerts and recording rules, and the runbooks of the alerts.
import { execFileSync } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { describe, expect, it } from 'vitest';
import { DIALECTS as DEFINED_DIALECTS } from '../../dashboards/source/queries/dialect.ts';
import { alertsOf } from '../../dashboards/source/rules/rule-files.ts';
import { DIALECTS, type Rule, readRuleFiles } from '../support/dashboard-files.ts';
import { HAS_PROMTOOL, PROMTOOL_PROVIDED_BY } from '../support/promtool.ts';

const FILES = readRuleFiles();
const ALERTS = FILES.flatMap(({ dialect, groups }) =>
  groups.flatMap(({ rules }) =>
    rules.flatMap((rule) => (rule.alert === undefined ? [] : [{ ...rule, dialect, name: rule.alert }])),
  ),
);
const NAMES: ReadonlySet<string> = new Set(ALERTS.map(({ name }) => name));
const RUNBOOKS = globSync('docs/runbooks/*.md').filter((page) => basename(page) !== 'README.md');
const MAX_RUNBOOK_LINES = 40;
const SECTIONS = [
  'What it means',
  'What it costs',
  'What to look at',
  'What to do',
  'Over',
  'False alarms and tuning',
] as const;

/** What a template of an annotation puts in: a label, or the value. */
const LABEL = /\{\{ (?:with )?\$labels\.(\w+) \}\}/g;

describe('the files of rules', () => {
  it.skipIf(!HAS_PROMTOOL).each(FILES)(
    `$file is what promtool wants, also of its style (${PROMTOOL_PROVIDED_BY})`,
    ({ file, groups }) => {
      const rules = groups.flatMap((group) => group.rules);
      expect(
        execFileSync('promtool', ['check', 'rules', '--lint=all', '--lint-fatal', file], { encoding: 'utf8' }),
      ).toContain(`SUCCESS: ${rules.length} rules found`);
    },
  );

  it.each(FILES)('$file says in its first line what it is, and at each rule why', ({ file, groups }) => {
    const lines = readFileSync(file, 'utf8').split('\n');
    const rules = lines.flatMap((line, index) => (/^ {6}- (?:alert|record): /.test(line) ? [index] : []));
    expect(lines[0]).toMatch(/^# .*npm run dashboards/);
    expect(rules).toHaveLength(groups.flatMap((group) => group.rules).length);
    for (const index of rules) expect(lines[index - 1]).toMatch(/^ {6}# \w+/);
  });

  it('have the same groups and names of alerts in both dialects', () => {
    const [scraped, otlp] = DIALECTS.map((dialect) =>
      FILES.filter((file) => file.dialect === dialect && file.kind === 'alerts').map(({ groups }) =>
        groups.map(({ name, rules }) => ({ name, alerts: rules.map(({ alert }) => alert) })),
      ),
    );
    expect(scraped).toEqual(otlp);
    expect(scraped?.flat().map(({ name }) => name)).toEqual([
      'netstat-exporter-ports',
      'netstat-exporter-connections',
      'netstat-exporter-exporter',
    ]);
  });
});

describe.each(ALERTS)(
  '$name, $dialect',
  ({ name, dialect, expr, ...rule }: Rule & { name: string; dialect: string }) => {
    const { summary = '', description = '', runbook } = rule.annotations ?? {};
    const host = dialect === 'otlp' ? 'host_name' : 'instance';

    it('has a severity, and waits before it fires', () => {
      expect(['warning', 'critical']).toContain(rule.labels?.['severity']);
      expect(rule.for).toMatch(/^\d+m$/);
    });

    it('says on which host, and how much, or of which part or port', () => {
      expect(summary).toContain(`{{ $labels.${host} }}`);
      expect(description).toContain(`{{ $labels.${host} }}`);
      expect(description).toMatch(
        /\{\{ \$value \| (?:humanize|printf)|\{\{ \$labels\.(?:part|port|network_local_port) \}\}/,
      );
    });

    it('shows labels that it has', () => {
      const [, labels = ''] = /\bby \(([^)]*)\)/.exec(expr) ?? [];
      const shown = Array.from(`${summary}${description}`.matchAll(LABEL), ([, label]) => label);
      expect(labels.split(', ')).toEqual(expect.arrayContaining(['job', host, ...shown]));
    });

    it('has a runbook', () => {
      expect(runbook).toBe(`docs/runbooks/${name}.md`);
      expect(RUNBOOKS).toContain(runbook);
    });
  },
);

describe.each(RUNBOOKS)('%s', (page) => {
  const text = readFileSync(page, 'utf8');

  it('is of an alert, whose name is its title', () => {
    expect(NAMES).toContain(basename(page, '.md'));
    expect(text.split('\n')[0]).toBe(`# ${basename(page, '.md')}`);
  });

  it('has all sections in their order, on a short page', () => {
    expect(Array.from(text.matchAll(/^## (.*)$/gm), ([, title]) => title)).toEqual(SECTIONS);
    expect(text.trimEnd().split('\n').length).toBeLessThanOrEqual(MAX_RUNBOOK_LINES);
  });

  it('has queries to begin with, and what to do on Linux and on Windows', () => {
    expect(text).toContain('```promql\n');
    expect(text).toContain('Linux');
    expect(text).toContain('Windows');
  });
});

describe('docs/runbooks/README.md', () => {
  it('has the alerts with severity and condition, in their order', () => {
    const rows = alertsOf(DEFINED_DIALECTS.scraped).map(
      ({ name, severity, condition }) => `| [${name}](${name}.md) | ${severity} | ${condition} |`,
    );
    const lines = readFileSync('docs/runbooks/README.md', 'utf8').split('\n');
    expect(lines.filter((line) => line.startsWith('| ['))).toEqual(rows);
  });
});
