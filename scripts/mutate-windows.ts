// Changes single things in the Windows source, one at a time, and tells which changes no test noticed.
//
// npm run mutate:windows -- [--list] [--file=PART_OF_PATH] [--sample=NUMBER] [--jobs=NUMBER] [--verbose]

import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { makeCompilerCache } from './mutate-windows/compiler-cache.ts';
import { type Equivalent, isSame, readEquivalents } from './mutate-windows/equivalents.ts';
import { Lane } from './mutate-windows/lanes.ts';
import { type Mutant, mutantsOf } from './mutate-windows/mutants.ts';
import { OUTCOMES, Trial, type Verdict } from './mutate-windows/trial.ts';
import { PROJECT, removeCopy, sourceFiles } from './mutate-windows/workspace.ts';

const PROGRESS_STEP = 50;

const { values: options } = parseArgs({
  options: {
    verbose: { type: 'boolean', default: false },
    list: { type: 'boolean', default: false },
    file: { type: 'string', default: '' },
    sample: { type: 'string', default: 'Infinity' },
    jobs: { type: 'string', default: String(availableParallelism()) },
  },
});

const everything = sourceFiles(PROJECT).flatMap((file) => mutantsOf(file, readFileSync(join(PROJECT, file), 'utf8')));
const equivalents = readEquivalents();
const stale = equivalents.filter((entry) => !everything.some((mutant) => isSame(entry, mutant)));
const wanted = everything.filter(({ file }) => file.includes(options.file));
const known = wanted.filter((mutant) => equivalentOf(mutant) !== undefined);
const mutants = evenSample(
  wanted.filter((mutant) => !known.includes(mutant)),
  Number(options.sample),
);

if (options.list) {
  for (const mutant of mutants) console.log(describeMutant(mutant));
} else {
  report(await tryAll(mutants));
}
for (const mutant of known)
  console.log(`equivalent, because ${equivalentOf(mutant)?.reason}\n${describeMutant(mutant)}`);
for (const { file, before, after } of stale)
  console.log(`stale in equivalents.txt: ${file}\n  - ${before}\n  + ${after}`);
console.log(`${mutants.length} mutants, ${known.length} known equivalents, ${stale.length} stale entries`);
if (stale.length > 0) process.exitCode = 1;

function equivalentOf(mutant: Mutant): Equivalent | undefined {
  return equivalents.find((entry) => isSame(entry, mutant));
}

/** As many, with even gaps between them. */
function evenSample(from: readonly Mutant[], count: number): readonly Mutant[] {
  if (count >= from.length) return from;
  return Array.from({ length: count }, (_, index) => from[Math.floor((index * from.length) / count)] as Mutant);
}

async function tryAll(candidates: readonly Mutant[]): Promise<Verdict[]> {
  const { folder, environment } = makeCompilerCache();
  const lanes = Array.from({ length: Number(options.jobs) }, () => new Lane(environment));
  const close = () => {
    for (const lane of lanes) lane.close();
    removeCopy(folder);
  };
  // A lane's processes are a group of their own, which Ctrl-C does not reach.
  process
    .once('SIGINT', () => process.exit(130))
    .once('SIGTERM', () => process.exit(143))
    .once('exit', close);
  const trial = new Trial(lanes);
  await trial.prepare();
  let done = 0;
  const verdicts = await trial.run(candidates, ({ mutant, outcome, noticedBy }) => {
    done += 1;
    if (outcome !== 'failure' || options.verbose) console.log(`${outcome}: ${describeMutant(mutant)}`);
    if (options.verbose && noticedBy !== undefined) console.log(`  noticed by ${noticedBy}`);
    if (done % PROGRESS_STEP === 0) console.log(`${done} of ${candidates.length} tried`);
  });
  close();
  return verdicts;
}

function report(verdicts: readonly Verdict[]): void {
  for (const outcome of OUTCOMES) {
    console.log(`${outcome}: ${verdicts.filter((verdict) => verdict.outcome === outcome).length}`);
  }
  if (verdicts.some(({ outcome }) => outcome === 'survived')) process.exitCode = 1;
}

function describeMutant({ file, line, before, after }: Mutant): string {
  return `${file}:${line}\n  - ${before}\n  + ${after}`;
}
