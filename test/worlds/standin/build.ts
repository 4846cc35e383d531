// Builds the stand-in libraries with the host's C compiler.

import { spawnSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { WindowsLibraries } from '../../../src/sources/windows/source.ts';

const COMPILER = 'cc';
const FLAGS = ['-std=c11', '-O1', '-Wall', '-Wextra', '-Werror', '-shared', '-fPIC', '-fvisibility=hidden'];
const SOURCES = { iphlpapi: ['iphlpapi.c', 'statistics.c'], kernel32: ['kernel32.c'], ntdll: ['ntdll.c'] } as const;

/** Why the stand-in cannot be built on this host, and what to do about it; undefined when it can. In CI it has to be: nothing is skipped there. */
export function findObstacle(): string | undefined {
  if (process.platform === 'win32') return 'needs a POSIX host';
  if (process.env['CI'] !== undefined || spawnSync(COMPILER, ['--version']).status === 0) return undefined;
  return 'needs a C compiler: apt-get install gcc libc6-dev';
}

/** The libraries, in a new folder: a test that builds them has their scripts to itself. */
export function buildLibraries(): WindowsLibraries & { readonly folder: string } {
  const folder = mkdtempSync(join(tmpdir(), 'netstat-exporter-standin-'));
  return {
    folder,
    iphlpapi: buildLibrary(folder, 'iphlpapi'),
    kernel32: buildLibrary(folder, 'kernel32'),
    ntdll: buildLibrary(folder, 'ntdll'),
  };
}

function buildLibrary(folder: string, name: keyof typeof SOURCES): string {
  const file = join(folder, `${name}.so`);
  const sources = SOURCES[name].map((source) => join(import.meta.dirname, source));
  const { status, stderr, error } = spawnSync(COMPILER, [...FLAGS, '-o', file, ...sources], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`compiling the stand-in of ${name} failed: ${error?.message ?? stderr}`);
  return file;
}
