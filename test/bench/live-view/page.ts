// The live view in a browser, which tells what its updates cost.
import type { Browser, Page } from 'playwright-core';
import { LiveView, liveViewUrl } from '../../browser/live-view.ts';
import type { RunningProgram } from '../../support/program.ts';

const VIEWPORT = { width: 1600, height: 1000 };
/** Of 20 or so rows each, a hundred times a second at most: as fast as a wheel turns. */
const WHEEL_STEPS = 300;
const WHEEL_PIXELS = 500;
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

/** Milliseconds. */
export interface Observed {
  readonly updates: readonly number[];
  /** The tasks that took 50 ms and more. */
  readonly longTasks: readonly number[];
  /** From one frame to the next. */
  readonly frames: readonly number[];
}

export async function openPage(browser: Browser, program: RunningProgram): Promise<Page> {
  const page = await browser.newPage({ viewport: VIEWPORT });
  await page.addInitScript(OBSERVE);
  await page.goto(liveViewUrl(program));
  await new LiveView(page).rows().first().waitFor();
  return page;
}

export async function take(page: Page): Promise<Observed> {
  return page.evaluate<Observed>(TAKE);
}

export async function scroll(page: Page): Promise<void> {
  await page.mouse.move(VIEWPORT.width / 2, VIEWPORT.height / 2);
  for (let step = 0; step < WHEEL_STEPS; step++) await page.mouse.wheel(0, WHEEL_PIXELS);
}
