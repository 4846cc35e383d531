// The command line of `npm run fuzz`.
import { parseArgs } from 'node:util';
import { TARGETS } from './targets.ts';

export const USAGE = `usage: npm run fuzz -- [--runs=1000000] [--seed=NUMBER] [--jobs=2] [TARGET…]
       npm run fuzz -- --input=FILE TARGET
targets: ${Object.keys(TARGETS).join(', ')}`;

export const DEFAULT_RUNS = 1_000_000;
const DEFAULT_JOBS = 2;
/** libFuzzer has 32 bits, and takes 0 for none. */
const MAX_SEED = 0xffff_ffff;

export interface Wanted {
  readonly names: readonly string[];
  /** How many inputs for each target. */
  readonly runs: number;
  readonly seed: number;
  /** How many targets at a time. */
  readonly jobs: number;
  /** A file to be given to the targets, in place of all that. */
  readonly input: string | undefined;
}

const OPTIONS = {
  runs: { type: 'string' },
  seed: { type: 'string' },
  jobs: { type: 'string' },
  input: { type: 'string' },
} as const;

/** Undefined where they are not understood. Without a seed a new one is taken. */
export function parseWanted(args: readonly string[]): Wanted | undefined {
  try {
    const { values, positionals } = parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true });
    const runs = Number(values.runs ?? DEFAULT_RUNS);
    const seed = Number(values.seed ?? 1 + Math.floor(Math.random() * MAX_SEED));
    const jobs = Number(values.jobs ?? DEFAULT_JOBS);
    const names = positionals.length === 0 ? Object.keys(TARGETS) : positionals;
    const areNumbers = [runs, seed, jobs].every((number) => Number.isInteger(number) && number > 0);
    if (!areNumbers || seed > MAX_SEED || names.some((name) => !Object.hasOwn(TARGETS, name))) return undefined;
    return { names, runs, seed, jobs, input: values.input };
  } catch {
    return undefined;
  }
}
