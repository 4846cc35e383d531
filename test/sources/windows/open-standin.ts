// Building the stand-in for a file of tests, and what they share when they look at its snapshots.

import { afterAll, beforeEach, describe } from 'vitest';
import type { Part, PartReport, Snapshot } from '../../../src/model/snapshot.ts';
import { buildStandin, type Edition, type Standin, standinObstacle } from '../../worlds/standin/standin.ts';

export { openSource, readOnce, WITHOUT_WMI } from './standin-source.ts';

/** A DLL that every host has, and that has none of the functions that are looked for. */
export const OTHER_LIBRARY = process.platform === 'win32' ? 'version.dll' : 'libm.so.6';

/** Tests that run against a stand-in of their own, without a script at the start of each; skipped where it cannot be built. */
export function describeOnStandin(name: string, tests: (standin: Standin) => void, edition?: Edition): void {
  if (standinObstacle !== undefined) {
    describe.skip(`${name} (${standinObstacle})`, () => {});
    return;
  }
  describe(name, () => {
    const standin = buildStandin(edition);
    beforeEach(() => {
      standin.reset();
      standin.queriedProcesses([{ pid: 8, name: 'init.exe' }]);
    });
    afterAll(() => standin.remove());
    tests(standin);
  });
}

/** The parts that were tried and failed, with their codes. */
export function failedParts({ parts }: Snapshot): Partial<Record<Part, string>> {
  const failed: Partial<Record<Part, string>> = {};
  for (const [part, { error }] of Object.entries(parts) as [Part, PartReport][]) {
    if (error !== undefined) failed[part] = error.code;
  }
  return failed;
}
