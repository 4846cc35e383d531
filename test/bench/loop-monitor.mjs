// Preloaded into a program (`--import loop-monitor.mjs?windowMs=4000`): prints for each window of so many milliseconds, when that is over, how
// long the event loop of the main thread was blocked at most in it, in milliseconds, a line each.
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { isMainThread } from 'node:worker_threads';

/** Starting is not measured: nothing is served yet. */
const STARTED_AFTER_MS = 2_000;
/** How often it looks. What it counts is the time from one look to the next, so this is part of each block. */
const RESOLUTION_MS = 1;
/** Windows overlap: a monitor does not count the block in which it is enabled. */
const OVERLAP_MS = 200;

const windowMs = Number(new URL(import.meta.url).searchParams.get('windowMs'));

function beginWindow() {
  const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  delay.enable();
  setTimeout(() => {
    delay.disable();
    process.stdout.write(`${delay.max / 1e6}\n`);
  }, windowMs + OVERLAP_MS).unref();
}

if (isMainThread) {
  setTimeout(() => {
    beginWindow();
    setInterval(beginWindow, windowMs).unref();
  }, STARTED_AFTER_MS).unref();
}
