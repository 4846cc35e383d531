// `npm run build:exe [-- --target=NAME…]`: makes build/exe/NAME/, the program as one file, with koffi's binary and the licences by its side.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { stop } from 'esbuild';
import packageJson from '../package.json' with { type: 'json' };
import { koffiFileName } from '../src/single-file/koffi-file.ts';
import { chosenNames, tellMade } from './build-command.ts';
import { bundlePacked, type Packed } from './build-exe/bundle-packed.ts';
import { makeExecutable } from './build-exe/executable.ts';
import { findIngredients } from './build-exe/ingredients.ts';
import { noticesOf } from './build-exe/notices.ts';
import { setChecksum } from './build-exe/pe-checksum.ts';
import { withResources } from './build-exe/resources.ts';
import { TARGETS, type Target, type TargetName } from './build-exe/targets.ts';
import { PROJECT } from './run-command.ts';

export const EXECUTABLES = join(PROJECT, 'build', 'exe');

const ALL = Object.keys(TARGETS) as TargetName[];

/** Makes a folder for each target below `folder`; what was in it is replaced. Resolves with the paths of the executables. */
export async function buildExecutables(
  names: readonly TargetName[],
  folder = EXECUTABLES,
  version = packageJson.version,
): Promise<string[]> {
  const packed = await bundlePacked(version);
  await stop();
  const made: string[] = [];
  for (const name of names) made.push(await buildExecutable(TARGETS[name], version, packed, join(folder, name)));
  return made;
}

async function buildExecutable(
  target: Target,
  version: string,
  { scripts, packages }: Packed,
  folder: string,
): Promise<string> {
  const { node, nodeVersion, koffi } = await findIngredients(target);
  const executable =
    target.platform === 'win32'
      ? makeExecutable(withResources(node, target.program, version), scripts, koffi)
      : makeExecutable(node, scripts, koffi);
  if (target.platform === 'win32') setChecksum(executable);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const program = join(folder, target.program);
  writeFileSync(program, executable, { mode: 0o755 });
  writeFileSync(join(folder, koffiFileName(koffi)), koffi);
  writeFileSync(join(folder, 'LICENSE'), readFileSync(join(PROJECT, 'LICENSE')));
  const folders = packages.map((path) => join(PROJECT, path));
  writeFileSync(join(folder, 'THIRD-PARTY-NOTICES.txt'), noticesOf(nodeVersion, folders));
  return program;
}

async function* buildChosen(): AsyncGenerator<string> {
  const { values } = parseArgs({ options: { target: { type: 'string', multiple: true } } });
  yield* await buildExecutables(chosenNames('target', ALL, values.target));
}

if (import.meta.main) await tellMade('build:exe', buildChosen);
