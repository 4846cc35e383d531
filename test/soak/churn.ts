// Processes that come and go, each under a name that none had before, and whose sockets do the same.
import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { linkSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const CHURNER = fileURLToPath(new URL('./churner.ts', import.meta.url));
/** Besides those that come and go. */
const LASTING_PROCESSES = 2;
const LIFETIME_MS = 4_000;
const BETWEEN_STARTS_MS = 1_500;

type Churner = ChildProcessByStdio<Writable, Readable, null>;

export interface Churn extends AsyncDisposable {
  /** Processes that were started so far. */
  readonly started: number;
  /** From when this resolves on nothing comes or goes; what is there stays. */
  freeze(): Promise<void>;
}

/** `folder` gets the programs: links to Node.js' own, so that Linux knows the processes by their names. */
export function startChurn(folder: string): Churn {
  mkdirSync(folder, { recursive: true });
  const running = new Set<Churner>();
  const stop = new AbortController();
  let started = 0;
  const start = (): Churner => {
    started += 1;
    const program = join(folder, `churn-${started}`);
    rmSync(program, { force: true });
    linkSync(process.execPath, program);
    const child = spawn(program, [CHURNER], { stdio: ['pipe', 'pipe', 'inherit'] });
    // It may end while it is told something.
    child.stdin.on('error', () => {});
    running.add(child);
    child.once('exit', () => {
      running.delete(child);
      rmSync(program);
    });
    return child;
  };
  const comeAndGo = async (): Promise<void> => {
    while (!stop.signal.aborted) {
      const child = start();
      setTimeout(() => !stop.signal.aborted && child.stdin.end(), LIFETIME_MS).unref();
      await sleep(BETWEEN_STARTS_MS);
    }
  };
  for (let index = 0; index < LASTING_PROCESSES; index++) start();
  const comingAndGoing = comeAndGo();
  return {
    get started() {
      return started;
    },
    async freeze() {
      stop.abort();
      await comingAndGoing;
      const hold = async (child: Churner): Promise<void> => {
        const answer = Promise.race([once(child.stdout, 'data'), once(child, 'exit')]);
        child.stdin.write('freeze\n');
        await answer;
      };
      await Promise.all([...running].map(hold));
    },
    async [Symbol.asyncDispose]() {
      stop.abort();
      await comingAndGoing;
      const ends = [...running].map((child) => once(child, 'exit'));
      for (const child of running) child.stdin.end();
      await Promise.all(ends);
    },
  };
}
