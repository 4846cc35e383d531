// Benchmarks of the live view of a host with very many endpoints: what an update costs the browser, the server and whoever waits for it.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { launchChromium } from '../browser/chromium.ts';
import { LiveView, liveViewUrl } from '../browser/live-view.ts';
import { startTestServer } from '../browser/test-server.ts';
import { type RunningProgram, startProgramIn } from '../support/program.ts';
import { type Result, summarize } from './measure.ts';
import { openSocketFarm } from './socket-farm.ts';

const MONITOR = fileURLToPath(new URL('loop-monitor.mjs', import.meta.url));
const VIEWPORT = { width: 1600, height: 1000 };
const PROCESSES = 5;
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

export interface LiveViewCost {
  /** By what was measured. */
  readonly results: readonly (Result & { readonly maxMs: number })[];
  /** The longest tasks of the page while it was watched, and while it was scrolled: those of 50 ms and more. */
  readonly longTasks: { readonly watched: readonly number[]; readonly scrolled: readonly number[] };
  readonly mainThread: {
    /** CPU time of the server's main thread a second: while nobody looks, and while one page does. */
    readonly aloneMs: number;
    readonly watchedMs: number;
    /** Its event loop, from the start to the end, in ms. */
    readonly eventLoop: string;
  };
}

/** The built program on this host with that many sockets more, collecting once a second, with connections that come and go. */
export async function liveViewCost(sockets: number, seconds: number): Promise<LiveViewCost> {
  await using _farm = await openSocketFarm(sockets, PROCESSES);
  await using program = await startProgramIn(
    { NODE_OPTIONS: `--import=${MONITOR}` },
    '--web.enable-live-view',
    '--collector.interval=1s',
  );
  await sleep(5 * SECOND_MS);
  const aloneMs = await mainThreadMs(program, seconds);
  await using browser = await launchChromium();
  const page = await browser.newPage({ viewport: VIEWPORT });
  await page.addInitScript(OBSERVE);
  await page.goto(liveViewUrl(program));
  await new LiveView(page).rows().first().waitFor();
  const stopChurning = churn();
  await take(page);
  const watchedMs = await mainThreadMs(program, seconds);
  const watched = await take(page);
  await scroll(page);
  const scrolled = await take(page);
  await stopChurning();
  await page.close();
  const asked = await askAll(program);
  const { stdout } = await program.end();
  return {
    results: [
      withMaximum('update of the page', watched.updates),
      withMaximum('between frames, scrolled', scrolled.frames),
      ...asked,
    ],
    longTasks: { watched: watched.longTasks, scrolled: scrolled.longTasks },
    mainThread: { aloneMs, watchedMs, eventLoop: stdout.trim() },
  };
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

/** Opens and closes connections, until what it returns is called. */
function churn(): () => Promise<void> {
  const ending = new AbortController();
  const run = async (): Promise<void> => {
    await using server = await startTestServer();
    while (!ending.signal.aborted) {
      const connections = await Promise.all(Array.from({ length: CHURN }, () => server.connect()));
      await sleep(SECOND_MS);
      await Promise.all(connections.map((connection) => connection.endByServer()));
      await sleep(SECOND_MS);
      await Promise.all(connections.map((connection) => connection.end()));
    }
  };
  const ended = run();
  return () => {
    ending.abort();
    return ended;
  };
}

async function askAll({ url }: RunningProgram): Promise<LiveViewCost['results']> {
  const results: LiveViewCost['results'][number][] = [];
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

function withMaximum(name: string, timesMs: readonly number[]): LiveViewCost['results'][number] {
  return { ...summarize(name, timesMs), maxMs: Math.max(...timesMs) };
}

async function sleep(ms: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, ms));
}
