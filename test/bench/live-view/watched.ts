// What a page that looks at the list costs the browser, and the server's main thread.
import { readFileSync } from 'node:fs';
import { launchChromium } from '../../browser/chromium.ts';
import type { RunningProgram } from '../../support/program.ts';
import { type Figure, MIN_RUNS, summarize } from '../harness/figures.ts';
import { sleep, startProgram } from './host.ts';
import { openPage, take } from './page.ts';

/** Each is a run; a few more, as an update may take longer than a second. */
const SECONDS = MIN_RUNS + 5;
const WINDOW_MS = 2_000;
const MONITOR = new URL(`../loop-monitor.mjs?windowMs=${WINDOW_MS}`, import.meta.url).href;
/** Starting is not measured. */
const START_MS = 5_000;
const SECOND_MS = 1_000;
const NANOSECONDS = 1_000_000;

export interface Watched {
  /** In the page, from an answer to the rows that are drawn. */
  readonly updates: Figure;
  readonly longTasks: readonly number[];
  /** CPU time of the server's main thread in a second, without a page and with it. */
  readonly alone: Figure;
  readonly watched: Figure;
  /** The longest block of its event loop in each of many windows, from the start to the end. */
  readonly blocks: Figure;
}

export async function watch(): Promise<Watched> {
  await using program = await startProgram({ NODE_OPTIONS: `--import=${MONITOR}` });
  await sleep(START_MS);
  const aloneMs = await mainThreadMs(program);
  await using browser = await launchChromium();
  const page = await openPage(browser, program);
  await take(page);
  const watchedMs = await mainThreadMs(program);
  const { updates, longTasks } = await take(page);
  await page.close();
  const { stdout } = await program.end();
  return {
    updates: summarize(updates, 'ms'),
    longTasks,
    alone: summarize(aloneMs, 'ms'),
    watched: summarize(watchedMs, 'ms'),
    blocks: summarize(stdout.trim().split('\n').map(Number), 'ms'),
  };
}

/** CPU time of its main thread in each of so many seconds (proc_pid_schedstat: nanoseconds on a processor come first). */
async function mainThreadMs({ pid }: RunningProgram): Promise<readonly number[]> {
  const file = `/proc/${pid}/task/${pid}/schedstat`;
  const read = (): number => Number(readFileSync(file, 'utf8').split(' ')[0]) / NANOSECONDS;
  const eachMs: number[] = [];
  for (let second = 0; second < SECONDS; second++) {
    const before = read();
    await sleep(SECOND_MS);
    eachMs.push(read() - before);
  }
  return eachMs;
}
