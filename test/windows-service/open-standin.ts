// Opening the stand-in of Windows' services for a file of tests.

import { afterAll, beforeEach, describe } from 'vitest';
import type { ServiceLibraries } from '../../src/windows-service/libraries.ts';
import {
  openServiceStandin,
  type ServiceStandin,
  serviceStandinObstacle,
} from '../worlds/service-standin/service-standin.ts';

/** Tests that run against a stand-in of their own, with no calls at the start of each; skipped where it cannot be built. */
export function describeOnServiceStandin(
  name: string,
  tests: (standin: ServiceStandin, libraries: ServiceLibraries) => void,
): void {
  if (serviceStandinObstacle !== undefined) {
    describe.skip(`${name} (${serviceStandinObstacle})`, () => {});
    return;
  }
  describe(name, () => {
    const standin = openServiceStandin();
    beforeEach(() => standin.forget());
    afterAll(() => standin[Symbol.dispose]());
    tests(standin, { advapi32: standin.file, kernel32: standin.file });
  });
}
