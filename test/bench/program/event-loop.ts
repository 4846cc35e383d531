// How long the program's main thread is blocked at most, in each of many windows, with a collection and a scrape each second.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { type Figure, MIN_RUNS, summarize } from '../harness/figures.ts';
import { type Launch, ours, sleep, start } from './programs.ts';
import { residentMb } from './usage.ts';

const WINDOW_MS = 4_000;
/** As the monitor has it: it begins so late, and its windows overlap by less than that. */
const MONITOR_BEGINS_MS = 2_000;
const SCRAPE_INTERVAL_MS = 1_000;
const PRELOADED = ['--import', new URL(`../loop-monitor.mjs?windowMs=${WINDOW_MS}`, import.meta.url).href];

export interface Watch {
  /** The longest block of each window. */
  readonly blocks: Figure;
  /** Those of a process that does nothing, at the same time: what the machine itself delays. */
  readonly idle: Figure;
  /** Once a second. */
  readonly resident: Figure;
}

/** Runs the program with these flags for as many windows as a figure wants: a little more than a minute. */
export async function watchEventLoop(port: number, flags: readonly string[] = []): Promise<Watch> {
  return watch(ours(port, ['--collector.interval=1s', ...flags], PRELOADED));
}

async function watch(launch: Launch): Promise<Watch> {
  await using program = await start(launch);
  await using idle = startIdle();
  const residents: number[] = [];
  const endMs = performance.now() + 2 * MONITOR_BEGINS_MS + MIN_RUNS * WINDOW_MS;
  while (performance.now() < endMs) {
    await sleep(SCRAPE_INTERVAL_MS);
    await program.scrape();
    residents.push(residentMb(program.pid));
  }
  await program.end();
  return {
    blocks: blocksOf(program.output()),
    idle: blocksOf(await idle.end()),
    resident: summarize(residents, 'MB'),
  };
}

function blocksOf(output: string): Figure {
  return summarize(output.trim().split('\n').map(Number), 'ms');
}

function startIdle() {
  const child = spawn(process.execPath, [...PRELOADED, '-e', 'setInterval(() => {}, 1_000)'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const output = text(child.stdout);
  const ended = once(child, 'close');
  const end = async (): Promise<string> => {
    child.kill('SIGKILL');
    await ended;
    return output;
  };
  return { end, [Symbol.asyncDispose]: async () => void (await end()) };
}
