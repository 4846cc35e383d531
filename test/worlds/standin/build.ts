// Builds the stand-in libraries, each from all C files of its folder: with the host's compiler for Linux, with mingw-w64 for Windows.

import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * What a library lacks: nothing; what Windows got in version 1709 and later; or all that the program has another way for.
 * The functions of an edition are marked in the C code.
 */
export const EDITIONS = ['complete', 'older', 'bare'] as const;
export type Edition = (typeof EDITIONS)[number];

const EDITION_FLAGS: Readonly<Record<Edition, readonly string[]>> = {
  complete: [],
  older: ['-DOLDER'],
  bare: ['-DOLDER', '-DBARE'],
};
/** This one is asked about the host, and answers; the other is told what to do as a service and of services, and records it. */
export const STANDINS = {
  host: import.meta.dirname,
  service: join(import.meta.dirname, '../service-standin'),
} as const;
export type StandinName = keyof typeof STANDINS;

const FLAGS = ['-std=c11', '-O1', '-Wall', '-Wextra', '-Werror', '-shared'];
const LINUX = { compiler: 'cc', flags: ['-fPIC', '-fvisibility=hidden'], libraries: [] };
const WINDOWS = {
  compiler: 'x86_64-w64-mingw32-gcc',
  flags: ['-nostdlib', '-Wl,--entry=0'],
  libraries: ['-lmsvcrt', '-lkernel32'],
};

/** Where the tests look for the DLLs, when they run on Windows. */
export const DLL_FOLDER = join(import.meta.dirname, '../../../build/windows-test');

/** Why there is no stand-in on this host, and what to do about it; undefined when there is. In CI there has to be: nothing is skipped there. */
export function findObstacle(): string | undefined {
  if (process.env['CI'] !== undefined) return undefined;
  if (process.platform === 'win32') {
    return existsSync(dllFile(DLL_FOLDER, 'host', 'complete')) ? undefined : 'needs the DLLs of npm run test:windows';
  }
  if (spawnSync(LINUX.compiler, ['--version']).status === 0) return undefined;
  return 'needs a C compiler: apt-get install gcc libc6-dev';
}

/** One edition, in a new folder: a test file has its script to itself. On Windows a copy of what buildStandinDlls has made. */
export function makeLibrary(
  edition: Edition,
  standin: StandinName = 'host',
): { readonly folder: string; readonly file: string } {
  const folder = mkdtempSync(join(tmpdir(), 'netstat-exporter-standin-'));
  if (process.platform !== 'win32') {
    const file = join(folder, 'standin.so');
    compile(LINUX, standin, edition, file);
    return { folder, file };
  }
  const file = dllFile(folder, standin, edition);
  copyFileSync(dllFile(DLL_FOLDER, standin, edition), file);
  return { folder, file };
}

/** Builds the DLLs into a folder; returns their paths. Needs mingw-w64. */
export function buildStandinDlls(folder: string = DLL_FOLDER): string[] {
  mkdirSync(folder, { recursive: true });
  const all = [...EDITIONS.map((edition) => ['host', edition] as const), ['service', 'complete'] as const];
  return all.map(([standin, edition]) => {
    const file = dllFile(folder, standin, edition);
    compile(WINDOWS, standin, edition, file);
    return file;
  });
}

/** No name of a system DLL: Wine would take its own for it. */
function dllFile(folder: string, standin: StandinName, edition: Edition): string {
  return join(folder, `${standin}-standin-${edition}.dll`);
}

function compile(
  { compiler, flags, libraries }: typeof LINUX | typeof WINDOWS,
  standin: StandinName,
  edition: Edition,
  file: string,
): void {
  const cwd = STANDINS[standin];
  const sources = readdirSync(cwd).filter((name) => name.endsWith('.c'));
  const args = [...FLAGS, ...flags, ...EDITION_FLAGS[edition], '-o', file, ...sources, ...libraries];
  const { status, stderr, error } = spawnSync(compiler, args, { cwd, encoding: 'utf8' });
  if (status === 0) return;
  throw new Error(`${compiler} failed to compile the stand-in (${standin}, ${edition}): ${error?.message ?? stderr}`);
}
