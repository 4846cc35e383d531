// Runs Jazzer.js on one target, in a process of its own, and says what came of it.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  closeSync,
  cpSync,
  existsSync,
  globSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join, relative } from 'node:path';
import { PROJECT } from '../../scripts/run-command.ts';
import { findParts } from '../worlds/fuzz/parts.ts';
import { bundleTarget } from './bundle.ts';
import { readOutput } from './output.ts';
import { DEFAULT_MAX_LENGTH, type FuzzTarget, seedsOf } from './target.ts';

export const BUILD = join(PROJECT, 'build', 'fuzz');
export const REGRESSIONS = join(import.meta.dirname, 'regressions');

/** One input may take so long, on a machine that has much else to do. */
const TIMEOUT_S = 30;
/** Of the end of Jazzer.js' output, when it ended in a way that it should not. */
const SHOWN_CHARACTERS = 3_000;

export interface FuzzRun {
  readonly name: string;
  readonly target: FuzzTarget;
  /** The file that exports the target. */
  readonly module: string;
  /** How many inputs. */
  readonly runs: number;
  /** The same seed and the same corpus make the same inputs. */
  readonly seed: number;
  /** Folder of what earlier runs found to be new, and where this one adds to it. Absent: nothing is kept. */
  readonly corpus?: string;
}

export interface FuzzResult {
  readonly name: string;
  readonly inputs: number;
  readonly seconds: number;
  /** Branches and blocks that were reached: by the inputs that it began with, and in the end. */
  readonly firstCoverage: number;
  readonly coverage: number;
  /** The same, each counted with how often it was reached, and what values were compared. */
  readonly features: number;
  readonly find?: Find;
}

export interface Find {
  /** What did not hold. */
  readonly problem: string;
  /** The input that shows it, below the project's folder. */
  readonly file: string;
  /** The same input, in base 64. */
  readonly input: string;
  /** Gives it to the target once more. */
  readonly command: string;
}

/** Rejects when Jazzer.js itself fails. */
export async function runJazzer(run: FuzzRun): Promise<FuzzResult> {
  const folder = join(BUILD, run.name);
  rmSync(folder, { recursive: true, force: true });
  const finds = join(folder, 'finds');
  mkdirSync(finds, { recursive: true });
  const args = await prepare(run, folder, finds);
  const log = join(folder, 'log.txt');
  const startMs = performance.now();
  const code = await start(log, args);
  const seconds = (performance.now() - startMs) / 1000;
  const output = readFileSync(log, 'utf8');
  const { problem, ...figures } = readOutput(output);
  const [file] = globSync(`${finds}/*`);
  if (file !== undefined) {
    return { name: run.name, seconds, ...figures, find: findOf(run, file, problem) };
  }
  if (code !== 0 || figures.inputs < run.runs)
    throw new Error(`Jazzer.js ended with ${code} on ${run.name}: ${output.slice(-SHOWN_CHARACTERS)}`);
  return { name: run.name, seconds, ...figures };
}

/** Writes what Jazzer.js reads, and gives its arguments. */
async function prepare(run: FuzzRun, folder: string, finds: string): Promise<string[]> {
  const { target, runs, seed, corpus = join(folder, 'corpus') } = run;
  const [bundle, seeds, dictionary] = [join(folder, 'target.cjs'), join(folder, 'seeds'), join(folder, 'words.dict')];
  for (const each of [seeds, corpus]) mkdirSync(each, { recursive: true });
  await bundleTarget(run.module, bundle);
  writeSeeds(run, seeds);
  writeFileSync(dictionary, (target.words ?? []).map(dictionaryLine).join(''));
  return [
    ...[bundle, corpus, seeds, `--timeout=${TIMEOUT_S * 1000}`, '--'],
    ...[`-runs=${runs}`, `-seed=${seed}`, `-max_len=${target.maxLength ?? DEFAULT_MAX_LENGTH}`],
    ...[`-dict=${dictionary}`, `-artifact_prefix=${finds}/`, '-print_final_stats=1'],
    `-report_slow_units=${TIMEOUT_S}`,
  ];
}

function findOf({ name }: FuzzRun, path: string, problem: string): Find {
  const file = relative(PROJECT, path);
  const command = `npm run fuzz -- --input=${file} ${name}`;
  return { problem, file, input: readFileSync(path, 'base64'), command };
}

/** The target's own, and what was found before. */
function writeSeeds({ name, target }: FuzzRun, folder: string): void {
  for (const [index, seed] of seedsOf(target).entries()) writeFileSync(join(folder, `seed-${index}`), seed);
  const regressions = join(REGRESSIONS, name);
  if (existsSync(regressions)) cpSync(regressions, folder, { recursive: true });
}

/** libFuzzer's own syntax: `"…"`, with bytes that are no plain ASCII as `\xNN`. */
function dictionaryLine(word: string): string {
  const bytes = Array.from(Buffer.from(word), (byte) => {
    const character = String.fromCharCode(byte);
    return /[\w ./:;,=*&{}()<>~%!?#@-]/.test(character) ? character : `\\x${byte.toString(16).padStart(2, '0')}`;
  });
  return `"${bytes.join('')}"\n`;
}

/** With the newer C library that its native part needs, and this very Node. Resolves with the exit code. */
async function start(log: string, args: readonly string[]): Promise<number | null> {
  const { libraries, jazzer } = findParts();
  const [loader] = globSync(`${libraries}/ld-linux-*.so.*`);
  if (loader === undefined) throw new Error(`there is no loader in ${libraries}`);
  const cli = join(jazzer, 'node_modules', '@jazzer.js', 'core', 'dist', 'cli.js');
  // A file: to a pipe, which Node.js makes one that does not block, libFuzzer loses lines.
  const file = openSync(log, 'w');
  try {
    const child = spawn(loader, ['--library-path', libraries, process.execPath, cli, ...args], {
      cwd: PROJECT,
      env: { PATH: process.env['PATH'] },
      stdio: ['ignore', file, file],
    });
    const end = (): void => void child.kill('SIGKILL');
    process.once('exit', end);
    const [code] = (await once(child, 'exit')) as [number | null];
    process.off('exit', end);
    return code;
  } finally {
    closeSync(file);
  }
}
