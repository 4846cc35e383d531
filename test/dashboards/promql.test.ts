// World: none. Every expression of the dashboards and rules, read as PromQL.
import { describe, expect, it } from 'vitest';
import { DIALECTS } from '../support/dashboard-files.ts';
import { dataPanelsOf, readBoards } from './checks/board.ts';
import { type Asked, askedByPanels, askedByRules, askedByVariables, treeOf } from './promql/asked.ts';
import { EXPRESSION_CHECKS } from './promql/checks.ts';
import { resultLabels } from './promql/result-labels.ts';
import { parsePromql } from './promql/tree.ts';
import { vocabularyOf } from './promql/vocabulary.ts';
import { windowProblems } from './promql/windows.ts';

const BOARDS = readBoards();
const RULES = askedByRules();
const VOCABULARIES = { scraped: vocabularyOf('scraped'), otlp: vocabularyOf('otlp') };

interface Source {
  readonly title: string;
  readonly asked: readonly Asked[];
}

const SOURCES: readonly Source[] = [
  ...BOARDS.map((board) => ({
    title: `the dashboard ${board.dialect}/${board.name}`,
    asked: [...askedByPanels(board), ...askedByVariables(board)],
  })),
  ...DIALECTS.map((dialect) => ({
    title: `the rules, ${dialect}`,
    asked: RULES.filter((rule) => rule.dialect === dialect),
  })),
];

describe.each(SOURCES)('what $title asks', ({ asked }) => {
  it('is PromQL', () => {
    expect(asked.length).toBeGreaterThan(1);
    for (const { expr } of asked) expect(parsePromql(expr).isExpression).toBe(true);
  });

  it.each(Object.entries(EXPRESSION_CHECKS))('%s', (_, check) => {
    const problems = asked.flatMap(({ dialect, where, expr }) =>
      check(parsePromql(expr), VOCABULARIES[dialect]).map((problem) => `${where}: ${problem}`),
    );
    expect(problems).toEqual([]);
  });
});

describe.each(BOARDS)('what the dashboard $dialect/$name asks', (board) => {
  it('is about the time that is shown, or says what it is about', () => {
    const problems = dataPanelsOf(board).flatMap(({ title, description = '', targets }) =>
      targets.flatMap(({ expr }) =>
        windowProblems(treeOf(board, expr), description).map((problem) => `${title}: ${problem}`),
      ),
    );
    expect(problems).toEqual([]);
  });
});

describe('the texts of alerts', () => {
  it('name labels that their alerts have', () => {
    const problems = RULES.flatMap(({ dialect, where, expr, texts }) => {
      const labels = resultLabels(parsePromql(expr), VOCABULARIES[dialect]);
      const named = texts.flatMap((text) => Array.from(text.matchAll(/\$labels\.(\w+)/g), ([, label = '']) => label));
      return named.filter((label) => !labels.has(label)).map((label) => `${where}: no label ${label}`);
    });
    expect(RULES.flatMap(({ texts }) => texts).length).toBeGreaterThan(10);
    expect(problems).toEqual([]);
  });
});
