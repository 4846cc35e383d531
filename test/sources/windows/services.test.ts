// World 2 (the ABI stand-in): the services of EnumServicesStatusExW, by process.

import { beforeEach, expect, test } from 'vitest';
import { EVERYTHING } from '../../support/source-options.ts';
import type { Service } from '../../worlds/standin/standin.ts';
import { describeOnStandin, failedParts, OTHER_LIBRARY, readOnce } from './open-standin.ts';
import { runProcesses, servicesIn } from './service-hosts.ts';

const OWN_PROCESS = 0x10;
const SHARED_PROCESS = 0x20;
/** SERVICE_USER_SERVICE and the bit of an instance, beside that of an own process. */
const USER_INSTANCE = 0xd0;
const USER_TEMPLATE = 0x50;
const MOST_CALLS = 64;

function numbered(count: number, nameLength = 8): Service[] {
  return Array.from({ length: count }, (_, index) => ({ pid: 812, name: `s${index}`.padEnd(nameLength, 'x') }));
}

describeOnStandin('the services', (standin) => {
  beforeEach(() => runProcesses(standin, 812, 900));

  test('are given to their processes, sorted', () => {
    standin.services([
      { pid: 812, name: 'Winmgmt', type: SHARED_PROCESS },
      { pid: 900, name: 'Überwachung-監視', type: OWN_PROCESS },
      { pid: 812, name: 'BITS', type: SHARED_PROCESS },
      { pid: 5555, name: 'EndedMeanwhile' },
    ]);
    const snapshot = readOnce(standin.libraries);
    expect(servicesIn(snapshot, 812)).toEqual(['BITS', 'Winmgmt']);
    expect(servicesIn(snapshot, 900)).toEqual(['Überwachung-監視']);
    expect(servicesIn(snapshot, 8)).toEqual([]);
    expect(snapshot.processes?.has(5555)).toBe(false);
    expect(snapshot.parts.services).toEqual({ durationMs: expect.any(Number) });
    expect(standin.serviceCalls()).toEqual({ opened: 1, open: 0, pages: 1 });
  });

  test('of a user are named as their template is: without the number of the session', () => {
    standin.services([
      { pid: 812, name: 'CDPUserSvc_4f3c1', type: USER_INSTANCE },
      { pid: 900, name: 'Sync_Host_1a2b3c', type: USER_INSTANCE },
    ]);
    const snapshot = readOnce(standin.libraries);
    expect(servicesIn(snapshot, 812)).toEqual(['CDPUserSvc']);
    expect(servicesIn(snapshot, 900)).toEqual(['Sync_Host']);
  });

  test('that are no user’s instance keep whatever is behind an underscore', () => {
    standin.services([
      { pid: 812, name: 'Driver_4f3c1', type: OWN_PROCESS },
      { pid: 900, name: 'CDPUserSvc_4f3c1', type: USER_TEMPLATE },
    ]);
    const snapshot = readOnce(standin.libraries);
    expect(servicesIn(snapshot, 812)).toEqual(['Driver_4f3c1']);
    expect(servicesIn(snapshot, 900)).toEqual(['CDPUserSvc_4f3c1']);
  });

  test('of process 0, which is none, are left out', () => {
    standin.services([{ pid: 0, name: 'Starting' }]);
    const snapshot = readOnce(standin.libraries);
    expect(failedParts(snapshot)).toEqual({});
    expect(snapshot.processes?.has(0)).toBe(false);
  });

  test('may be none', () => {
    const snapshot = readOnce(standin.libraries);
    expect(failedParts(snapshot)).toEqual({});
    expect(servicesIn(snapshot, 812)).toEqual([]);
  });

  test('that come in many answers are all there', () => {
    standin.services(numbered(25));
    standin.serviceManager({ pageSize: 4 });
    const snapshot = readOnce(standin.libraries);
    expect(servicesIn(snapshot, 812)).toEqual(
      numbered(25)
        .map(({ name }) => name)
        .sort(),
    );
    expect(standin.serviceCalls()).toEqual({ opened: 1, open: 0, pages: 7 });
  });

  test('that come in as many answers as are asked for are all there', () => {
    standin.services(numbered(MOST_CALLS));
    standin.serviceManager({ pageSize: 1 });
    expect(servicesIn(readOnce(standin.libraries), 812)).toHaveLength(MOST_CALLS);
  });

  test('that do not fit into the 256 KiB of one call are asked for in several', () => {
    standin.services(numbered(1000, 250));
    const snapshot = readOnce(standin.libraries);
    expect(failedParts(snapshot)).toEqual({});
    expect(servicesIn(snapshot, 812)).toHaveLength(1000);
    expect(standin.serviceCalls().pages).toBeGreaterThan(2);
  });

  test('are not asked for when nobody wants them', () => {
    standin.services([{ pid: 812, name: 'BITS' }]);
    const snapshot = readOnce(standin.libraries, { ...EVERYTHING, services: false });
    expect(servicesIn(snapshot, 812)).toEqual([]);
    expect(snapshot.parts).not.toHaveProperty('services');
    expect(standin.serviceCalls()).toEqual({ opened: 0, open: 0, pages: 0 });
  });
});

describeOnStandin('services that cannot be read are a failure of that part alone', (standin) => {
  beforeEach(() => {
    runProcesses(standin, 812);
    standin.services(numbered(25));
  });

  function expectFailure(code: string, message: RegExp): void {
    const snapshot = readOnce(standin.libraries);
    expect(failedParts(snapshot)).toEqual({ services: code });
    expect(snapshot.parts.services?.error?.message).toMatch(message);
    expect(snapshot.processes?.get(812)).toEqual({ pid: 812, name: 'svchost.exe', services: [] });
    expect(standin.serviceCalls().open).toBe(0);
  }

  test('when the service manager cannot be opened', () => {
    standin.text(5, 'Access is denied.\r\n');
    standin.serviceManager({ openFailure: 5 });
    expectFailure('5', /^OpenSCManagerW\b.* failed: 5 \(Access is denied\.\)/);
    expect(standin.serviceCalls()).toEqual({ opened: 0, open: 0, pages: 0 });
  });

  test.each([0, 1, 2])('when the list breaks off after %i answers: half of it is not shown', (afterPages) => {
    standin.serviceManager({ pageSize: 4, pageFailure: { code: 1726, afterPages } });
    expectFailure('1726', /^EnumServicesStatusExW\b.* failed: 1726 /);
    expect(standin.serviceCalls()).toEqual({ opened: 1, open: 0, pages: afterPages + 1 });
  });

  test('when there is more to come and nothing in the answer', () => {
    standin.serviceManager({ pageSize: 0 });
    expectFailure('234', /^EnumServicesStatusExW\b.* failed: 234 /);
    expect(standin.serviceCalls().pages).toBe(1);
  });

  test('when the answers begin anew for ever, as under Wine', () => {
    standin.serviceManager({ pageSize: 4, ignoresResume: true });
    expectFailure('234', /^EnumServicesStatusExW\b.* failed: 234 /);
    expect(standin.serviceCalls()).toEqual({ opened: 1, open: 0, pages: MOST_CALLS });
  });

  test('when a name is not in the answer', () => {
    standin.serviceManager({ hasNamesOutside: true });
    expectFailure('malformed', /name/);
  });

  test.each([100_000, 0xffff_ff00])('when there are said to be %i services more than fit', (extraCount) => {
    standin.serviceManager({ extraCount });
    expectFailure('malformed', /services/);
  });

  test.each(['missing library', 'missing function'])('when Windows cannot be asked: %s', (what) => {
    const advapi32 = what === 'missing library' ? '/nowhere/absent.dll' : OTHER_LIBRARY;
    const snapshot = readOnce({ ...standin.libraries, advapi32 });
    expect(failedParts(snapshot)).toEqual({ services: 'unavailable' });
    expect(servicesIn(snapshot, 812)).toEqual([]);
  });
});
