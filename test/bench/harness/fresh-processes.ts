// Measuring in processes that are started for it: the engine compiles the same code a little differently from one to the next.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { MIN_RUNS } from './figures.ts';

const TIMEOUT_MS = 120_000;

/** What the module prints as JSON, run with these arguments in one process after the other. */
export async function inFreshProcesses<Result>(module: string, args: readonly string[]): Promise<readonly Result[]> {
  const results: Result[] = [];
  for (let run = 0; run < MIN_RUNS; run++) {
    const { stdout } = await promisify(execFile)(process.execPath, [module, ...args], { timeout: TIMEOUT_MS });
    results.push(JSON.parse(stdout));
  }
  return results;
}
