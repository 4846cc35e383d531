// `npm run fuzz`: coverage-guided fuzzing of all targets, or of those that are named. Figures: build/fuzz/result.json
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT, runCommand } from '../../scripts/run-command.ts';
import { findParts } from '../worlds/fuzz/parts.ts';
import { moduleOf } from './bundle.ts';
import { BUILD, type FuzzResult, runJazzer } from './jazzer.ts';
import { parseWanted, USAGE, type Wanted } from './options.ts';
import { checkInput } from './target.ts';
import { TARGETS } from './targets.ts';

const EXIT_FOUND = 1;
const EXIT_USAGE = 2;
const COLUMNS = ['inputs', 'a second', 'coverage', 'features'];

/** Several at a time. A line for each as soon as it has ended. */
async function fuzzAll({ names, runs, seed, jobs }: Wanted): Promise<readonly FuzzResult[]> {
  const { corpora } = findParts();
  const waiting = names.map((name) => [name, TARGETS[name]] as const);
  const results: FuzzResult[] = [];
  const work = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const [name, target] = next;
      if (target === undefined) throw new Error(`there is no target ${name}`);
      const result = await runJazzer({ name, target, module: moduleOf(name), runs, seed, corpus: join(corpora, name) });
      results.push(result);
      console.log(textOf(result));
    }
  };
  await Promise.all(Array.from({ length: jobs }, work));
  return results.toSorted((one, other) => names.indexOf(one.name) - names.indexOf(other.name));
}

function textOf({ name, inputs, seconds, firstCoverage, coverage, features, find }: FuzzResult): string {
  const line = row(name, [inputs, Math.round(inputs / seconds), `${firstCoverage} to ${coverage}`, features]);
  return find === undefined ? line : `${line}\nFOUND ${find.problem}\n  again: ${find.command}\n  input: ${find.input}`;
}

function row(name: string, values: readonly (string | number)[]): string {
  return name.padEnd(16) + values.map((value) => String(value).padStart(14)).join('');
}

/** Gives the exit code. */
async function fuzz(wanted: Wanted): Promise<number> {
  const made = await runCommand(join(PROJECT, 'test', 'worlds', 'fuzz', 'setup.sh'), []);
  if (made !== 0) return made;
  const { seed, runs } = wanted;
  console.log(`seed ${seed}\n${row('target', COLUMNS)}`);
  const results = await fuzzAll(wanted);
  mkdirSync(BUILD, { recursive: true });
  writeFileSync(join(BUILD, 'result.json'), `${JSON.stringify({ seed, runs, results }, undefined, 2)}\n`);
  return results.some(({ find }) => find !== undefined) ? EXIT_FOUND : 0;
}

/** Gives one input to each target: what was found is to be seen in a debugger, too. */
async function replay(input: string, names: readonly string[]): Promise<void> {
  for (const name of names) {
    const target = TARGETS[name];
    if (target === undefined) continue;
    await checkInput(target, readFileSync(input));
    console.log(`${name}: all holds`);
  }
}

// What runs under us ends with us.
for (const signal of ['SIGTERM', 'SIGHUP'] as const) process.once(signal, () => process.exit(EXIT_FOUND));

const wanted = parseWanted(process.argv.slice(2));
if (wanted === undefined) {
  console.error(USAGE);
  process.exitCode = EXIT_USAGE;
} else if (wanted.input !== undefined) await replay(wanted.input, wanted.names);
else process.exitCode = await fuzz(wanted);
