// World: none. The checks themselves: each notices that a right dashboard, or a right expression, was made wrong.
import { describe, expect, it } from 'vitest';
import { type Board, type Check, readBoards } from './checks/board.ts';
import { CHANGES, type Change } from './checks/changes.ts';
import { CHECKS } from './checks/checks.ts';
import { EXPRESSION_CHECKS, type ExpressionCheck } from './promql/checks.ts';
import { RIGHT_EXPRESSIONS, WRONG_EXPRESSIONS } from './promql/examples.ts';
import { parsePromql } from './promql/tree.ts';
import { vocabularyOf } from './promql/vocabulary.ts';
import { windowProblems } from './promql/windows.ts';

const BOARDS = readBoards();
const RIGHT = BOARDS.find(({ dialect, name }) => dialect === 'scraped' && name === 'host-overview');

function problemsAfter(check: Check, change: Change): readonly string[] {
  if (RIGHT === undefined) throw new Error('there is no dashboard to be changed');
  const changed: Board = { ...RIGHT, json: structuredClone(RIGHT.json) };
  change(changed.json);
  const before = new Set(check(RIGHT, BOARDS));
  return check(
    changed,
    BOARDS.map((board) => (board === RIGHT ? changed : board)),
  ).filter((problem) => !before.has(problem));
}

describe.each(Object.entries(CHANGES))('the check that a dashboard %s', (sentence, changes) => {
  const check: Check = CHECKS[sentence as keyof typeof CHECKS];
  it.each(Object.entries(changes))('notices %s', (_, change) => {
    expect(problemsAfter(check, change)).not.toEqual([]);
  });
});

describe.each(Object.entries(WRONG_EXPRESSIONS))('the check that an expression %s', (sentence, expressions) => {
  const check: ExpressionCheck = EXPRESSION_CHECKS[sentence as keyof typeof EXPRESSION_CHECKS];
  it.each(expressions)('notices what is wrong with %j', ({ dialect = 'scraped', expr, problem }) => {
    expect(check(parsePromql(expr), vocabularyOf(dialect)).join('\n')).toMatch(problem);
  });
});

describe('the checks of an expression', () => {
  it.each(RIGHT_EXPRESSIONS)('find nothing wrong with %j', ({ dialect = 'scraped', expr }) => {
    const problems = Object.values(EXPRESSION_CHECKS).flatMap((check: ExpressionCheck) =>
      check(parsePromql(expr), vocabularyOf(dialect)),
    );
    expect(problems).toEqual([]);
  });

  it.each(['sum(up', 'up{job=}', 'rate(up[$__rate_interval])', 'up == == 1', ''])(
    'refuse what is no PromQL: %j',
    (expr) => {
      expect(() => parsePromql(expr)).toThrow('no PromQL');
    },
  );

  it('tell windows that follow the time shown, or are named, from others', () => {
    const of = (window: string, description: string): readonly string[] =>
      windowProblems(parsePromql(`rate(up[${window}])`), description);
    expect(
      [of('61s', ''), of('71s', ''), of('5m', 'Of the last five minutes.'), of('2h', 'Over 2 hours.')].flat(),
    ).toEqual([]);
    expect(of('5m', 'Of the last fifteen minutes.')).toEqual(['the description does not say that it is about 5m']);
    expect(of('67s', '')).toEqual(['$__interval can hold less than two scrapes: $__rate_interval does not']);
  });
});
