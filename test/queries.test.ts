// World: promtool, of Debian's prometheus. The queries that the README and the pages of docs/ tell operators to ask.
import { execFileSync } from 'node:child_process';
import { globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { definitionOf, METRIC_NAMES } from '../src/metrics/catalogue.ts';

interface Query {
  readonly page: string;
  readonly text: string;
}

/** What a scrape adds. */
const SCRAPE_LABELS: readonly string[] = ['instance', 'job'];

/** One begins wherever a line of a block is neither indented nor the end of one that is. */
function queriesOf(page: string): readonly Query[] {
  const text = readFileSync(page, 'utf8');
  const blocks = Array.from(text.matchAll(/```promql\n(.*?)```/gs), ([, block = '']) => block);
  const cells = Array.from(text.matchAll(/^\| [^|]*\? \| `(.*)` \|$/gm), ([, cell = '']) => cell);
  return [...blocks.flatMap((block) => block.trim().split(/\n(?![\s)])/)), ...cells].map((query) => ({
    page,
    text: query,
  }));
}

const QUERIES = ['README.md', ...globSync('docs/**/*.md')].flatMap(queriesOf);

describe('the queries in the documentation', () => {
  it('are there: in the README, and on the pages that explain what to do', () => {
    const pages = new Set(QUERIES.map(({ page }) => page));
    expect([...pages].sort()).toEqual([
      'README.md',
      'docs/incidents.md',
      'docs/port-exhaustion.md',
      ...globSync('docs/runbooks/Netstat*.md').sort(),
    ]);
    expect(QUERIES.length).toBeGreaterThan(60);
  });

  it('are PromQL, says promtool', () => {
    const folder = mkdtempSync(join(tmpdir(), 'netstat-exporter-queries-'));
    const rules = QUERIES.map(({ text }, index) => ({ record: `query:${index}`, expr: text }));
    const file = join(folder, 'rules.yaml');
    // JSON is YAML.
    writeFileSync(file, JSON.stringify({ groups: [{ name: 'queries', rules }] }));
    expect(execFileSync('promtool', ['check', 'rules', file], { encoding: 'utf8' })).toContain(
      `SUCCESS: ${rules.length} rules found`,
    );
    rmSync(folder, { recursive: true });
  });

  it.each(QUERIES)('know every metric and label that they name: $page: $text', ({ text }) => {
    const selectors = Array.from(text.matchAll(/(netstat_\w+)(?:\{([^}]*)\})?/g));
    expect(selectors.length).toBeGreaterThan(0);
    const known = new Set(SCRAPE_LABELS);
    for (const [, name = '', matchers = ''] of selectors) {
      const metric = METRIC_NAMES.find((candidate) => candidate === name);
      expect(metric, name).toBeDefined();
      const { labels } = metric === undefined ? { labels: [] } : definitionOf(metric);
      for (const label of labels) known.add(label);
      expect(labels).toEqual(
        expect.arrayContaining(Array.from(matchers.matchAll(/(\w+)\s*(?:=|!=)/g), ([, label]) => label)),
      );
    }
    const grouped = Array.from(text.matchAll(/\b(?:by|on|without|ignoring)\s*\(([^)]*)\)/g), ([, list = '']) =>
      list.split(',').map((label) => label.trim()),
    ).flat();
    expect([...known]).toEqual(expect.arrayContaining(grouped));
  });
});
