// A lane as the script sees it: a copy of the project, and the process that runs tests there, which is ended when it hangs.

import { type ChildProcess, fork } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Mutant } from './mutants.ts';
import type { LaneMessage, LaneRequest, TestRun } from './protocol.ts';
import { copyProject, removeCopy } from './workspace.ts';

const LANE = join(import.meta.dirname, 'lane.ts');
const MAX_START_MS = 120_000;

export interface LaneAnswer {
  readonly runs: readonly TestRun[];
  /** In the test file that comes after `runs` the tests hung, or ended the lane's process. */
  readonly end?: 'timeout' | 'exit';
}

/** How long a test file may take. */
export type Patience = (testFile: string) => number;

/** Its process is started when it is needed, and again after it was ended. */
export class Lane {
  readonly folder = copyProject();
  readonly #environment: NodeJS.ProcessEnv;
  #child: ChildProcess | undefined;

  constructor(environment: NodeJS.ProcessEnv) {
    this.#environment = environment;
  }

  /** Runs test files against a mutant, or the sources as they are, up to the first that fails. */
  async run(tests: readonly string[], patienceMs: Patience, mutant?: Mutant): Promise<LaneAnswer> {
    if (mutant === undefined) return this.#ask({ tests }, patienceMs);
    const file = join(this.folder, mutant.file);
    const original = readFileSync(file, 'utf8');
    writeFileSync(file, mutant.source);
    try {
      return await this.#ask({ tests, changed: mutant.file }, patienceMs);
    } finally {
      writeFileSync(file, original);
    }
  }

  /** Ends the process, and all that it has started, and deletes the copy. */
  close(): void {
    this.#stop();
    removeCopy(this.folder);
  }

  async #ask(request: LaneRequest, patienceMs: Patience): Promise<LaneAnswer> {
    this.#child ??= await this.#start();
    const child = this.#child;
    child.send(request);
    const answer = await collect(child, (done) => patienceMs(request.tests[done] ?? ''));
    if (answer.end !== undefined) this.#stop();
    return answer;
  }

  async #start(): Promise<ChildProcess> {
    const child = fork(LANE, [this.folder], {
      // A group of its own, so that the processes that run its tests can be ended with it.
      detached: true,
      env: this.#environment,
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    const { end } = await collect(child, () => MAX_START_MS);
    if (end !== undefined) throw new Error(`vitest did not start in ${this.folder}: ${end}`);
    return child;
  }

  #stop(): void {
    const pid = this.#child?.pid;
    this.#child = undefined;
    if (pid === undefined) return;
    try {
      process.kill(-pid, 'SIGKILL');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
    }
  }
}

/** What the child says until it is ready or done. The limit is for each message anew, after so many test files. */
function collect(child: ChildProcess, limitMs: (done: number) => number): Promise<LaneAnswer> {
  const runs: TestRun[] = [];
  return new Promise((resolve) => {
    const finish = (end?: LaneAnswer['end']) => {
      clearTimeout(timer);
      child.off('message', hear).off('exit', exit);
      resolve({ runs, ...(end === undefined ? {} : { end }) });
    };
    const exit = () => finish('exit');
    const wait = () => setTimeout(() => finish('timeout'), limitMs(runs.length));
    const hear = (message: LaneMessage) => {
      if (message.kind !== 'test') return finish();
      runs.push(message);
      clearTimeout(timer);
      timer = wait();
    };
    let timer = wait();
    child.on('message', hear).on('exit', exit);
  });
}
