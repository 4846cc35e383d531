// Says what has no answer in a live world: of a dashboard, of a file of rules.
import { setTimeout as sleep } from 'node:timers/promises';
import type { DashboardFile, DialectName, RuleFile } from '../../support/dashboard-files.ts';
import { EXPECTED_EMPTY, type ExpectedEmpty, type Look } from './expected-empty.ts';
import { HOSTS } from './hosts.ts';
import type { LiveWorld } from './live-world.ts';
import { type Question, questionsOfDashboard, questionsOfRules } from './questions.ts';
import { hostVariable } from './variable-choices.ts';

const MAX_ASKED = 10;
/** It divides no step of the world: what is away at one of them is back at the next. */
const ASK_AGAIN_MS = 1_500;

/** What is wrong with a dashboard, a line each: what is empty and should not be, is not and should be, or is refused by the store. */
export async function problemsOfDashboard(world: LiveWorld, file: DashboardFile): Promise<readonly string[]> {
  const looks = looksAt(file);
  const expected = expectedOf(file.dialect, file.name);
  const problems = looks.map(async (look) => {
    try {
      return await problemsOf(await questionsOfDashboard(world, file, look), look, expected);
    } catch (error) {
      return [`${look}: ${messageOf(error)}`];
    }
  });
  return [...(await Promise.all(problems)).flat(), ...neverLookedAt(expected, looks)];
}

/** The same of rules. */
export async function problemsOfRules(world: LiveWorld, file: RuleFile): Promise<readonly string[]> {
  const expected = expectedOf(file.dialect, file.kind);
  const problems = await problemsOf(questionsOfRules(world, file), 'all', expected);
  return [...problems, ...neverLookedAt(expected, ['all'])];
}

/** Each host where one can be chosen, and all of them where they can be. */
function looksAt({ dialect, json }: DashboardFile): readonly Look[] {
  const variable = hostVariable(json, dialect);
  if (variable === undefined) return ['all'];
  return variable.includeAll === true ? [...HOSTS, 'all'] : HOSTS;
}

function expectedOf(dialect: DialectName, file: string): readonly ExpectedEmpty[] {
  return EXPECTED_EMPTY.filter((entry) => entry.file === file && entry.dialects.includes(dialect));
}

function neverLookedAt(expected: readonly ExpectedEmpty[], made: readonly Look[]): readonly string[] {
  return expected.flatMap(({ title, looks }) =>
    looks.filter((look) => !made.includes(look)).map((look) => `${look}: ${title} is never looked at so`),
  );
}

async function problemsOf(
  questions: readonly Question[],
  look: Look,
  expected: readonly ExpectedEmpty[],
): Promise<readonly string[]> {
  const problems: string[] = [];
  const ofThisLook = expected.filter(({ looks }) => looks.includes(look));
  for (const { title, query, expression, hasAnswer } of questions) {
    const where = `${look}: ${title}${query === undefined ? '' : `, ${query}`}`;
    const isExpectedEmpty = ofThisLook.some((entry) => entry.title === title && entry.query === query);
    try {
      const isAnswered = isExpectedEmpty ? await hasAnswer() : await hasAnswerSoon(hasAnswer);
      if (!isAnswered && !isExpectedEmpty) problems.push(`${where}: nothing for ${expression}`);
      if (isAnswered && isExpectedEmpty) problems.push(`${where}: expected to be empty, but is not: ${expression}`);
    } catch (error) {
      problems.push(`${where}: ${messageOf(error)}`);
    }
  }
  const unknown = ofThisLook.filter(
    (entry) => !questions.some(({ title, query }) => entry.title === title && entry.query === query),
  );
  return [
    ...problems,
    ...unknown.map(({ title, query }) => `${look}: expected to be empty, but is not there: ${title}, ${query}`),
  ];
}

/** A server that restarts is away for a moment, and a busy machine misses a scrape: then it is asked again. */
async function hasAnswerSoon(hasAnswer: () => Promise<boolean>): Promise<boolean> {
  for (let asked = 1; asked < MAX_ASKED; asked++) {
    if (await hasAnswer()) return true;
    await sleep(ASK_AGAIN_MS);
  }
  return hasAnswer();
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
