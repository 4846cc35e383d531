// Opening the Windows source on the stand-in: what the tests of its parts share.

import { afterAll, beforeEach, describe } from 'vitest';
import type { Snapshot } from '../../../src/model/snapshot.ts';
import type { SourceOptions } from '../../../src/sources/source.ts';
import { openWindowsSource, type WindowsLibraries } from '../../../src/sources/windows/source.ts';
import { buildStandin, type Standin, standinObstacle } from '../../worlds/standin/standin.ts';

export const EVERYTHING: SourceOptions = {
  tables: true,
  processes: true,
  services: true,
  statistics: true,
  ephemeralRange: true,
};

/** Tests that run against a stand-in of their own, without a script at the start of each; skipped where it cannot be built. */
export function describeOnStandin(name: string, tests: (standin: Standin) => void): void {
  if (standinObstacle !== undefined) {
    describe.skip(`${name} (${standinObstacle})`, () => {});
    return;
  }
  describe(name, () => {
    const standin = buildStandin();
    beforeEach(() => {
      standin.reset();
      standin.queriedProcesses([{ pid: 8, name: 'init.exe' }]);
    });
    afterAll(() => standin.remove());
    tests(standin);
  });
}

/** Opens a source and reads it once. */
export function readOnce(libraries: WindowsLibraries, options: SourceOptions = EVERYTHING): Snapshot {
  const source = openWindowsSource(options, libraries);
  const snapshot = source.read();
  source.close();
  return snapshot;
}
