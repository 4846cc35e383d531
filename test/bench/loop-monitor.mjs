// Preloaded into the built program: says at its end how long the main thread's event loop was blocked at most.
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { isMainThread } from 'node:worker_threads';

/** Starting is not measured: nothing is served yet. */
const STARTED_AFTER_MS = 2_000;

if (isMainThread) {
  const resolution = 1;
  const delay = monitorEventLoopDelay({ resolution });
  setTimeout(() => delay.enable(), STARTED_AFTER_MS).unref();
  process.on('exit', () => {
    const ms = (nanoseconds) => (nanoseconds / 1e6).toFixed(1);
    process.stdout.write(`longest ${ms(delay.max)} p99 ${ms(delay.percentile(99))} samples ${delay.count}\n`);
  });
}
