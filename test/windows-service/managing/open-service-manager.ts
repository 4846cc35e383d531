// What the tests of managing the service share: the stand-in for a suite, a definition, and how its calls read.

import { afterAll, afterEach, beforeEach, describe, expect } from 'vitest';
import type { ServiceDefinition } from '../../../src/windows-service/managing/service-definition.ts';
import { openServiceManagerStandin, type ServiceManagerStandin } from '../../worlds/service-standin/service-manager.ts';
import { serviceStandinObstacle } from '../../worlds/service-standin/service-standin.ts';

export const NAME = 'netstat-exporter';
export const DEFINITION: ServiceDefinition = {
  name: NAME,
  displayName: 'The Exporter',
  description: 'Says “who” holds ports.',
  executable: 'C:\\Program Files\\netstat-exporter\\netstat-exporter.exe',
  args: ['--service', '--note=a "b"'],
};
export const COMMAND_LINE = '"C:\\Program Files\\netstat-exporter\\netstat-exporter.exe" --service "--note=a \\"b\\""';

/** As long as it takes: what is waited for comes. */
export const PATIENT = { limitMs: 120_000, pollMs: 1 };
export const IMPATIENT = { limitMs: 20, pollMs: 1 };

/** A suite with a stand-in of its own, in which nothing is installed when a test begins, and no handle is open when it ends. */
export function describeOnServiceManager(name: string, tests: (standin: ServiceManagerStandin) => void): void {
  if (serviceStandinObstacle !== undefined) {
    describe.skip(`${name} (${serviceStandinObstacle})`, () => {});
    return;
  }
  describe(name, () => {
    const standin = openServiceManagerStandin();
    beforeEach(() => standin.reset());
    afterEach(() => expect(standin.openHandles()).toBe(0));
    afterAll(() => standin[Symbol.dispose]());
    tests(standin);
  });
}

/** The calls that change something, without those that only look. */
export function changingCalls(standin: ServiceManagerStandin): string[] {
  return standin.calls().filter((call) => /^(Create|Change|Delete|Start|Control)/.test(call));
}

/** A text as the record has it. */
export function recorded(text: string): string {
  return `"${text.replace(/["\\]/g, '\\$&').replace(/[^ -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)}"`;
}
