// The copies of the project that mutants are tried in, and which tests can notice a change of which file.

import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const PROJECT = fileURLToPath(new URL('../..', import.meta.url));
const TESTS = ['test/sources/windows/**/*.test.ts', 'test/worlds/layouts/**/*.test.ts'];
const SOURCES = 'src/sources/windows/**/*.ts';
/** What a module imports, and any other module that it names by its relative path. */
const MODULE_PATH = /'(\.{1,2}\/[^'\n]+\.ts)'/g;

/** A new folder with the files that git knows or would take, as they are now, and the installed packages. */
export function copyProject(): string {
  const folder = mkdtempSync(join(tmpdir(), 'netstat-exporter-mutants-'));
  const listing = ['ls-files', '-z', '--cached', '--others', '--exclude-standard'];
  const files = execFileSync('git', listing, { cwd: PROJECT, encoding: 'utf8' }).split('\0');
  for (const file of files.filter((name) => name !== '' && existsSync(join(PROJECT, name)))) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    cpSync(join(PROJECT, file), join(folder, file), { recursive: true, verbatimSymlinks: true });
  }
  symlinkSync(join(PROJECT, 'node_modules'), join(folder, 'node_modules'));
  return folder;
}

/** Deletes a copy. */
export function removeCopy(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
}

/** The files that are mutated, as paths from the project's folder. */
export function sourceFiles(folder: string): string[] {
  return globSync(SOURCES, { cwd: folder }).sort();
}

/** The tests that might catch a mutant, as paths from the project's folder. */
export function testFiles(folder: string): string[] {
  return globSync(TESTS, { cwd: folder }).sort();
}

/** How many imports lie between a test and each module that it reaches. */
export function importDistances(folder: string, test: string): Map<string, number> {
  const distances = new Map([[test, 0]]);
  // A Map goes on to what is added while it is walked: breadth first.
  for (const [module, distance] of distances) {
    const file = join(folder, module);
    if (!existsSync(file)) continue;
    for (const [, path = ''] of readFileSync(file, 'utf8').matchAll(MODULE_PATH)) {
      const imported = join(dirname(module), path);
      if (!distances.has(imported)) distances.set(imported, distance + 1);
    }
  }
  return distances;
}
