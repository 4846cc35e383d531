// What the tests of private folders share: a stand-in for a suite, and the access lists that come up.

import { afterEach, beforeEach, expect } from 'vitest';
import type { ServiceLibraries } from '../../../src/windows-service/libraries.ts';
import { type StandinFileSecurity, scriptFileSecurity } from '../../worlds/service-standin/file-security.ts';
import type { ServiceStandin } from '../../worlds/service-standin/service-standin.ts';
import { recorded } from '../managing/open-service-manager.ts';
import { describeOnServiceStandin } from '../open-standin.ts';

/** What everybody finds below C:\ProgramData. */
export const ORDINARY = 'D:AI(A;OICIID;FA;;;SY)(A;OICIID;FA;;;BA)(A;OICIID;0x1200a9;;;BU)';
/** A suite in which no file has an access list when a test begins, and all memory is freed when it ends. */
export function describeOnFileSecurity(
  name: string,
  tests: (security: StandinFileSecurity, libraries: ServiceLibraries, standin: ServiceStandin) => void,
): void {
  describeOnServiceStandin(name, (standin, libraries) => {
    const security = scriptFileSecurity(standin);
    beforeEach(() => security.reset());
    afterEach(() => expect(security.allocations()).toBe(0));
    tests(security, libraries, standin);
  });
}

export function readCall(path: string): string {
  return `GetNamedSecurityInfoW(name=${recorded(path)}, parts=0x5)`;
}

/** Owner and access list, which inherits nothing, or what there is. */
export function setCall(path: string, security: string, inheritance: 'inherits' | 'inherits nothing'): string {
  const parts = inheritance === 'inherits' ? '0x20000005' : '0x80000005';
  return `SetNamedSecurityInfoW(name=${recorded(path)}, parts=${parts}, security=${recorded(security)})`;
}
