// What the builders of packages have in common: the executables that they are made of, and where what they make goes.
import { cpSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { KOFFI_FILE } from '../src/single-file/koffi-file.ts';
import { chosenNames } from './build-command.ts';
import type { Target } from './build-exe/targets.ts';
import { buildExecutables } from './build-exe.ts';

export type Architecture = Target['arch'];
const ARCHITECTURES = ['x64', 'arm64'] as const satisfies readonly Architecture[];

export interface PackageOptions {
  /** The folder of an executable, as `build:exe` makes it; that of Windows is signed or not. */
  readonly from: string;
  /** The folder that gets the package; what is there of the same name is replaced. */
  readonly into: string;
  readonly arch: Architecture;
  /** As npm has it; by default package.json's. */
  readonly version?: string;
}

/** Makes the package for each processor that `--arch` names, or for all. `build` is given the folder of the executable. */
export async function* buildPackages(
  platform: Target['platform'],
  build: (arch: Architecture, from: string) => Promise<string>,
): AsyncGenerator<string> {
  const { values } = parseArgs({ options: { arch: { type: 'string', multiple: true } } });
  const targets = chosenNames('arch', ARCHITECTURES, values.arch).map((arch) => ({
    arch,
    name: `${platform}-${arch}` as const,
  }));
  const executables = mkdtempSync(join(tmpdir(), 'netstat-exporter-exe-'));
  try {
    const names = targets.map(({ name }) => name);
    await buildExecutables(names, executables);
    for (const { arch, name } of targets) yield await build(arch, join(executables, name));
  } finally {
    rmSync(executables, { recursive: true, force: true });
  }
}

/** The name of koffi's binary in the folder of an executable. */
export function koffiIn(folder: string): string {
  const files = readdirSync(folder).filter((file) => KOFFI_FILE.test(file));
  const [file] = files;
  if (file === undefined || files.length > 1)
    throw new Error(`${folder} has ${files.length} files called koffi-….node; allowed: one, as build:exe makes it`);
  return file;
}

/** Copies a package into a folder, which is made. Whoever looks there sees the old one or the whole new one. Gives its path. */
export function putPackage(file: string, into: string): string {
  const path = join(into, basename(file));
  cpSync(file, `${path}.new`);
  renameSync(`${path}.new`, path);
  return path;
}
