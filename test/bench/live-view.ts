// Benchmarks of the live view of a host with very many endpoints: what an update costs the browser, the server and whoever waits for it.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { launchChromium } from '../browser/chromium.ts';
import { LiveView, liveViewUrl } from '../browser/live-view.ts';
import { startTestServer } from '../browser/test-server.ts';
import { type RunningProgram, startProgramIn } from '../support/program.ts';
import { type Result, summarize } from './measure.ts';
import { openSocketFarm } from './socket-farm.ts';

const MONITOR = fileURLToPath(new URL('loop-monitor.mjs', import.meta.url));
const VIEWPORT = { width: 1600, height: 1000 };
const PROCESSES = 5;
/** Starting is not measured. */
const START_MS = 5_000;
/** Of 20 or so rows each, a hundred times a second at most: as fast as a wheel turns. */
const WHEEL_STEPS = 300;
const WHEEL_PIXELS = 500;
const ASKED = 30;
const SECOND_MS = 1_000;
/** Connections that come, and as many that go, in each collection. */
const CHURN = 50;
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
/** Runs in the page, from its beginning. */
const OBSERVE = `
  globalThis.seen = { longTasks: [], frames: [] };
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) seen.longTasks.push(duration);
  }).observe({ type: 'longtask', buffered: true });
  let last = performance.now();
  const onFrame = (now) => {
    seen.frames.push(now - last);
    last = now;
    requestAnimationFrame(onFrame);
  };
  requestAnimationFrame(onFrame);
`;
/** What was observed since this was asked before. */
const TAKE = `(() => {
  const taken = { ...seen, updates: performance.getEntriesByName('live-view-update').map(({ duration }) => duration) };
  performance.clearMeasures('live-view-update');
  globalThis.seen.longTasks = [];
  globalThis.seen.frames = [];
  return taken;
})()`;
const NANOSECONDS = 1_000_000;

export interface TimedResult extends Result {
  readonly maxMs: number;
}

/** One page looks at the list. */
export interface WatchedCost {
  readonly updates: TimedResult;
  /** The tasks of the page that took 50 ms and more. */
  readonly longTasksMs: readonly number[];
  /** CPU time of the server's main thread. */
  readonly mainThread: {
    /** In a second without a page. */
    readonly aloneMs: number;
    /** What an update of the page adds. */
    readonly updateMs: number;
    /** From the start to the end. */
    readonly eventLoop: string;
  };
}

/** Somebody scrolls, and asks for much. */
export interface UsedCost {
  readonly frames: TimedResult;
  readonly longTasksMs: readonly number[];
  readonly answers: readonly TimedResult[];
}

export interface LiveViewCosts {
  readonly used: UsedCost;
  readonly watched: WatchedCost;
}

/** The built program on this host with that many sockets more, collecting once a second, with connections that come and go. */
export async function liveViewCosts(sockets: number, seconds: number): Promise<LiveViewCosts> {
  await using _farm = await openSocketFarm(sockets, PROCESSES);
  await using _churn = churn();
  return { used: await usedCost(), watched: await watchedCost(seconds) };
}

async function watchedCost(seconds: number): Promise<WatchedCost> {
  await using program = await start({ NODE_OPTIONS: `--import=${MONITOR}` });
  await sleep(START_MS);
  const aloneMs = await mainThreadMs(program, seconds);
  await using browser = await launchChromium();
  const page = await openPage(browser, program);
  await take(page);
  const watchedMs = await mainThreadMs(program, seconds);
  const { updates, longTasks } = await take(page);
  await page.close();
  const { stdout } = await program.end();
  const updateMs = ((watchedMs - aloneMs) * seconds) / updates.length;
  return {
    updates: withMaximum('update of the page', updates),
    longTasksMs: longTasks,
    mainThread: { aloneMs, updateMs, eventLoop: stdout.trim() },
  };
}

async function usedCost(): Promise<UsedCost> {
  await using program = await start();
  await using browser = await launchChromium();
  const page = await openPage(browser, program);
  await take(page);
  await scroll(page);
  const { frames, longTasks } = await take(page);
  await page.close();
  const answers = await askAll(program);
  return { frames: withMaximum('between frames, scrolled', frames), longTasksMs: longTasks, answers };
}

async function start(environment: Readonly<Record<string, string>> = {}): Promise<RunningProgram> {
  return startProgramIn(environment, '--web.enable-live-view', '--collector.interval=1s');
}

async function openPage(browser: Browser, program: RunningProgram): Promise<Page> {
  const page = await browser.newPage({ viewport: VIEWPORT });
  await page.addInitScript(OBSERVE);
  await page.goto(liveViewUrl(program));
  await new LiveView(page).rows().first().waitFor();
  return page;
}

interface Observed {
  readonly updates: readonly number[];
  readonly longTasks: readonly number[];
  readonly frames: readonly number[];
}

async function take(page: Page): Promise<Observed> {
  return page.evaluate<Observed>(TAKE);
}

async function scroll(page: Page): Promise<void> {
  await page.mouse.move(VIEWPORT.width / 2, VIEWPORT.height / 2);
  for (let step = 0; step < WHEEL_STEPS; step++) await page.mouse.wheel(0, WHEEL_PIXELS);
}

/** Opens and closes connections, until it is disposed of. */
function churn(): AsyncDisposable {
  let isOver = false;
  const run = async (): Promise<void> => {
    await using server = await startTestServer();
    while (!isOver) {
      const connections = await Promise.all(Array.from({ length: CHURN }, () => server.connect()));
      await sleep(SECOND_MS);
      await Promise.all(connections.map((connection) => connection.endByServer()));
      await sleep(SECOND_MS);
      await Promise.all(connections.map((connection) => connection.end()));
    }
  };
  const ended = run();
  return {
    async [Symbol.asyncDispose]() {
      isOver = true;
      await ended;
    },
  };
}

async function askAll({ url }: RunningProgram): Promise<readonly TimedResult[]> {
  const results: TimedResult[] = [];
  for (const [name, question] of Object.entries(QUESTIONS)) {
    const timesMs: number[] = [];
    for (let i = 0; i < ASKED; i++) {
      const startMs = performance.now();
      const response = await fetch(`${url}/api/v1/${question}`);
      await response.arrayBuffer();
      if (!response.ok) throw new Error(`${question} was answered with ${response.status}`);
      timesMs.push(performance.now() - startMs);
    }
    results.push(withMaximum(`answer: ${name}`, timesMs));
  }
  return results;
}

/** CPU time of its main thread in a second, over so many (proc_pid_schedstat: nanoseconds on a processor come first). */
async function mainThreadMs({ pid }: RunningProgram, seconds: number): Promise<number> {
  const file = `/proc/${pid}/task/${pid}/schedstat`;
  const read = (): number => Number(readFileSync(file, 'utf8').split(' ')[0]) / NANOSECONDS;
  const before = read();
  await sleep(seconds * SECOND_MS);
  return (read() - before) / seconds;
}

function withMaximum(name: string, timesMs: readonly number[]): TimedResult {
  return { ...summarize(name, timesMs), maxMs: Math.max(...timesMs) };
}

async function sleep(ms: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, ms));
}
