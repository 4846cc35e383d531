// What it takes to scroll, and to ask the API for much.
import { launchChromium } from '../../browser/chromium.ts';
import type { RunningProgram } from '../../support/program.ts';
import { type Figure, MIN_RUNS, summarize } from '../harness/figures.ts';
import { sleep, startProgram } from './host.ts';
import { openPage, scroll, take } from './page.ts';

/** There is a new collection after this. */
const COLLECTION_MS = 1_000;
/** What is asked of the API, by what a user does for it. */
const QUESTIONS = {
  'the first page': 'endpoints?limit=200&changes=true',
  'a page far down': 'endpoints?limit=200&changes=true&offset=40000',
  'a page, sorted': 'endpoints?limit=200&changes=true&sort=process',
  'a page of what was searched': 'endpoints?limit=200&changes=true&search=node+established',
  'the counts': 'summary',
  'groups by process': 'summary?by=process',
  'groups by destination': 'summary?by=destination',
  'all as CSV': 'endpoints.csv',
} as const;
export type Question = keyof typeof QUESTIONS;

export interface Used {
  /** From one frame to the next, while somebody scrolls. */
  readonly frames: Figure;
  readonly longTasks: readonly number[];
  readonly answers: ReadonlyMap<Question, Figure>;
}

export async function use(): Promise<Used> {
  await using program = await startProgram();
  await using browser = await launchChromium();
  const page = await openPage(browser, program);
  await take(page);
  await scroll(page);
  const { frames, longTasks } = await take(page);
  await page.close();
  return { frames: summarize(frames, 'ms'), longTasks, answers: await askAll(program) };
}

/** By turns, so that all see the same machine. Each after a new collection, as a page asks: what was asked of one before is kept. */
async function askAll(program: RunningProgram): Promise<ReadonlyMap<Question, Figure>> {
  const names = Object.keys(QUESTIONS) as Question[];
  const times = new Map(names.map((name): [Question, number[]] => [name, []]));
  for (let i = 0; i < MIN_RUNS; i++) {
    for (const name of names) {
      await sleep(COLLECTION_MS);
      times.get(name)?.push(await answerMs(program, QUESTIONS[name]));
    }
  }
  return new Map(names.map((name) => [name, summarize(times.get(name) ?? [], 'ms')]));
}

async function answerMs({ url }: RunningProgram, question: string): Promise<number> {
  const startMs = performance.now();
  const response = await fetch(`${url}/api/v1/${question}`);
  await response.arrayBuffer();
  if (!response.ok) throw new Error(`${question} was answered with ${response.status}`);
  return performance.now() - startMs;
}
