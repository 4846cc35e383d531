// Builds the Windows service that the tests start, with mingw-w64. Provided by: apt-get install gcc-mingw-w64-x86-64
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const COMPILER = 'x86_64-w64-mingw32-gcc';
const FLAGS = ['-std=c11', '-O1', '-Wall', '-Wextra', '-Werror'];
const LIBRARIES = ['-ladvapi32', '-lws2_32'];
const SOURCE = join(import.meta.dirname, 'socket-service.c');

/** Makes socket-service.exe in the folder. Throws with what the compiler says. */
export function buildService(folder: string): void {
  const file = join(folder, 'socket-service.exe');
  const { status, stderr, error } = spawnSync(COMPILER, [...FLAGS, '-o', file, SOURCE, ...LIBRARIES], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`compiling ${SOURCE} with ${COMPILER} failed: ${error?.message ?? stderr}`);
}
