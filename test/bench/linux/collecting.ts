// The program's collections as its main thread gets them: from the question to the answer of the collection worker.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { collectionSettings } from '../../../src/cli/collection-settings.ts';
import { CollectionThread } from '../../../src/collector/collection-thread.ts';
import { loadConfig } from '../../../src/config/load.ts';

const WORKER = new URL('../../../dist/collection-worker.js', import.meta.url);
const CLOSE_TIMEOUT_MS = 10_000;

/** What something took, of the clock and of all processors. */
export interface Cost {
  readonly wallMs: number;
  readonly cpuMs: number;
}

export interface Collecting extends AsyncDisposable {
  collect(): Promise<Cost>;
}

/** A process of its own whose worker runs, has opened its source, and has collected nothing so far. */
export async function startCollecting(): Promise<Collecting> {
  const child = fork(fileURLToPath(import.meta.url), { stdio: 'inherit' });
  const ended = once(child, 'exit');
  const answer = async (): Promise<Cost> => {
    const [message] = await Promise.race([once(child, 'message'), ended.then(() => [undefined])]);
    if (message === undefined) throw new Error('the collecting process ended');
    return message;
  };
  await answer();
  return {
    collect: () => {
      child.send('collect');
      return answer();
    },
    [Symbol.asyncDispose]: async () => {
      child.kill('SIGKILL');
      await ended;
    },
  };
}

if (import.meta.main) {
  // As it is without flags, a file and variables.
  const settings = collectionSettings(await loadConfig({ flags: {}, environment: {} }));
  const thread = new CollectionThread(WORKER, settings);
  await thread.open();
  process.on('message', async () => process.send?.(await collectOnce(thread)));
  process.on('disconnect', () => void thread.close(CLOSE_TIMEOUT_MS));
  process.send?.({ wallMs: 0, cpuMs: 0 } satisfies Cost);
}

async function collectOnce(thread: CollectionThread): Promise<Cost> {
  const cpu = process.cpuUsage();
  const startMs = performance.now();
  const { parts } = await thread.collect();
  const wallMs = performance.now() - startMs;
  const { user, system } = process.cpuUsage(cpu);
  const failed = Object.entries(parts).find(([, { error, fallback }]) => error ?? fallback);
  if (failed !== undefined) throw new Error(`a collection is not whole: ${JSON.stringify(failed)}`);
  return { wallMs, cpuMs: (user + system) / 1_000 };
}
