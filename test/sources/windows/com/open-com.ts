// COM and WMI in a stand-in library of one's own: what the tests of the look-up share.

import { rmSync } from 'node:fs';
import { afterAll, beforeEach, describe } from 'vitest';
import type { ComLibraries } from '../../../../src/sources/windows/com/com-library.ts';
import { findObstacle, makeLibrary } from '../../../worlds/standin/build.ts';
import { ComScript } from '../../../worlds/standin/com.ts';

/** Tests that run against a stand-in, without a script at the start of each; skipped where it cannot be built. */
export function describeOnCom(name: string, tests: (com: ComScript, libraries: ComLibraries) => void): void {
  const obstacle = findObstacle();
  if (obstacle !== undefined) {
    describe.skip(`${name} (${obstacle})`, () => {});
    return;
  }
  describe(name, () => {
    const { folder, file } = makeLibrary('complete');
    const com = new ComScript(file);
    beforeEach(() => com.reset());
    afterAll(() => {
      com.reset();
      // Windows keeps a loaded library's file.
      if (process.platform !== 'win32') rmSync(folder, { recursive: true });
    });
    tests(com, { ole32: file, oleaut32: file });
  });
}
