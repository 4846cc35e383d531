// Preloaded into the built program: the collection worker comes to an end that nobody asked for. MISHAP says which, and
// MISHAP_FILE names a file that is there as long as it is to happen.
import { existsSync } from 'node:fs';
import { isMainThread, threadName } from 'node:worker_threads';

const LOOK_MS = 20;
const MISHAPS = {
  throw: () => {
    throw new Error('planted');
  },
  exit: () => process.exit(7),
  'fill the memory': () => {
    for (const all = []; ; ) all.push(Array(1_000_000).fill(0));
  },
};

if (!isMainThread && threadName === 'collection') {
  const timer = setInterval(() => existsSync(process.env.MISHAP_FILE) && MISHAPS[process.env.MISHAP](), LOOK_MS);
  timer.unref();
}
