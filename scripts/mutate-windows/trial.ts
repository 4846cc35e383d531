// Trying mutants: which tests, in which order, and what came of each.

import type { Lane } from './lanes.ts';
import type { Mutant } from './mutants.ts';
import { importDistances, testFiles } from './workspace.ts';

/** For a test file that took so long without a mutation, on a machine that others use as well. */
const PATIENCE_FACTOR = 8;
const PATIENCE_MS = 15_000;
const FIRST_PATIENCE_MS = 300_000;

/** A test failed, or hung, or the whole process ended; or none of these. */
export const OUTCOMES = ['failure', 'timeout', 'exit', 'survived'] as const;

export interface Verdict {
  readonly mutant: Mutant;
  readonly outcome: (typeof OUTCOMES)[number];
  /** The test that noticed it, or the test file that hung or ended. */
  readonly noticedBy?: string;
}

/** The tests of one project, and what was learned of them. */
export class Trial {
  readonly #lanes: readonly Lane[];
  readonly #first: Lane;
  readonly #distances: ReadonlyMap<string, ReadonlyMap<string, number>>;
  readonly #durationsMs = new Map<string, number>();
  /** By file that was mutated: the test that caught its last mutant, which will often catch the next. */
  readonly #lastCatchers = new Map<string, string>();

  constructor(lanes: readonly Lane[]) {
    const [lane] = lanes;
    if (lane === undefined) throw new Error('mutants are tried in at least one job');
    this.#lanes = lanes;
    this.#first = lane;
    this.#distances = new Map(testFiles(lane.folder).map((test) => [test, importDistances(lane.folder, test)]));
  }

  /** Runs all tests without a mutation. Throws when one fails: it would seem to catch everything. */
  async prepare(): Promise<void> {
    const { runs, end } = await this.#first.run([...this.#distances.keys()], () => FIRST_PATIENCE_MS);
    const failed = runs.find((run) => run.failure !== undefined);
    if (failed !== undefined) throw new Error(`without a mutation, ${failed.file} fails: ${failed.failure}`);
    if (end !== undefined) throw new Error(`without a mutation, the tests end with ${end} after ${runs.at(-1)?.file}`);
    for (const { file, durationMs } of runs) this.#durationsMs.set(file, durationMs);
  }

  /** Tries all mutants; each lane takes the next one when it has done with one. */
  async run(mutants: readonly Mutant[], tell: (verdict: Verdict) => void): Promise<Verdict[]> {
    const verdicts: Verdict[] = [];
    const queue = mutants.values();
    const work = async (lane: Lane) => {
      for (const mutant of queue) {
        const verdict = await this.#judge(lane, mutant);
        verdicts.push(verdict);
        tell(verdict);
      }
    };
    await Promise.all(this.#lanes.map(work));
    return verdicts;
  }

  async #judge(lane: Lane, mutant: Mutant): Promise<Verdict> {
    const tests = this.#testsOf(mutant.file);
    const patienceMs = (test: string) => PATIENCE_MS + PATIENCE_FACTOR * this.#durationMs(test);
    const { runs, end } = await lane.run(tests, patienceMs, mutant);
    const failed = runs.find((run) => run.failure !== undefined);
    const catcher = end === undefined ? failed?.file : tests[runs.length];
    if (catcher === undefined) return { mutant, outcome: 'survived' };
    this.#lastCatchers.set(mutant.file, catcher);
    return { mutant, outcome: end ?? 'failure', noticedBy: [catcher, failed?.failure].join(': ') };
  }

  /** The tests that reach a file: the likely catcher first, then the nearest, then the quickest. */
  #testsOf(file: string): string[] {
    const distance = (test: string) => this.#distances.get(test)?.get(file) ?? Number.POSITIVE_INFINITY;
    const rank = (test: string) => (test === this.#lastCatchers.get(file) ? 0 : distance(test));
    const reaching = [...this.#distances.keys()].filter((test) => distance(test) < Number.POSITIVE_INFINITY);
    return reaching.sort((one, other) => rank(one) - rank(other) || this.#durationMs(one) - this.#durationMs(other));
  }

  #durationMs(test: string): number {
    return this.#durationsMs.get(test) ?? 0;
  }
}
