// Makes packages for Windows Installer whose program only writes down what it is called with. Provided by: apt-get install gcc-mingw-w64-x86-64 wixl msitools faketime
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildMsi } from '../../../scripts/build-msi.ts';
import { RECORDING_VERSIONS } from './versions.ts';

const COMPILER = 'x86_64-w64-mingw32-gcc';
const FLAGS = ['-std=c11', '-O1', '-s', '-Wall', '-Wextra', '-Werror'];
const SOURCE = join(import.meta.dirname, 'recording-program.c');
const PROJECT = join(import.meta.dirname, '..', '..', '..');

/** Makes a package for each version in the folder. Throws with what the compiler, or a tool, says. */
export async function buildRecordingPackages(folder: string): Promise<void> {
  const from = join(folder, 'program');
  layOutProgram(from);
  compile(join(from, 'netstat-exporter.exe'));
  for (const version of RECORDING_VERSIONS) await buildMsi({ from, into: folder, arch: 'x64', version });
}

/** What belongs to an executable for Windows, but for the executable. */
export function layOutProgram(folder: string): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `koffi-${'0'.repeat(32)}.node`), 'a library');
  writeFileSync(join(folder, 'THIRD-PARTY-NOTICES.txt'), 'notices');
  cpSync(join(PROJECT, 'LICENSE'), join(folder, 'LICENSE'));
}

function compile(file: string): void {
  const { status, stderr, error } = spawnSync(COMPILER, [...FLAGS, '-o', file, SOURCE, '-ladvapi32'], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`compiling ${SOURCE} with ${COMPILER} failed: ${error?.message ?? stderr}`);
}
