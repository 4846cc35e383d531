// World 2 (the stand-in of the service control manager): uninstalling the service.

import { beforeEach, expect, test } from 'vitest';
import { PartFailure } from '../../../src/sources/parts.ts';
import { installService } from '../../../src/windows-service/managing/install.ts';
import { queryService } from '../../../src/windows-service/managing/query.ts';
import { uninstallService } from '../../../src/windows-service/managing/uninstall.ts';
import {
  changingCalls,
  DEFINITION,
  describeOnServiceManager,
  IMPATIENT,
  NAME,
  PATIENT,
} from './open-service-manager.ts';

const UNINSTALLED = `the service ${NAME} is uninstalled`;

describeOnServiceManager('uninstalling the service', (standin) => {
  const uninstall = (stopping = PATIENT, removal = PATIENT) =>
    uninstallService(DEFINITION, standin.libraries, stopping, removal);

  beforeEach(() => {
    installService(DEFINITION, standin.libraries);
    standin.forget();
  });

  test('deletes it, closes it, and looks whether it is gone', async () => {
    expect(await uninstall()).toEqual({ changes: [UNINSTALLED], problems: [] });
    expect(standin.calls()).toEqual([
      'OpenSCManagerW(access=0x1)',
      `OpenServiceW(name="${NAME}", access=0x10025)`,
      'QueryServiceConfigW()',
      'QueryServiceStatusEx()',
      'DeleteService()',
      'CloseServiceHandle(handle=0x5c02)',
      `OpenServiceW(name="${NAME}", access=0x4)`,
      'CloseServiceHandle(handle=0x5c01)',
    ]);
    expect(queryService(NAME, standin.libraries)).toBeUndefined();
  });

  test('stops it first', async () => {
    standin.answers('now', { state: 'running' });
    standin.answers('afterStop', { state: 'stopping' }, { state: 'stopped' });
    expect(await uninstall()).toEqual({ changes: [`the service ${NAME} is stopped`, UNINSTALLED], problems: [] });
    expect(changingCalls(standin)).toEqual(['ControlService(control=0x1)', 'DeleteService()']);
  });

  test.each([
    '"C:\\Other\\other.exe" --service',
    '"C:\\netstat-exporter.exe\\other.exe"',
    'C:\\Windows\\System32\\svchost.exe -k netsvcs',
    '',
  ])('leaves it running, and there, when it is of another program: %s', async (commandLine) => {
    standin.configure({ commandLine });
    standin.answers('now', { state: 'running' });
    const message = `the service ${NAME} is another program's and was left as it is: ${commandLine}; if nobody needs it, remove it with: sc.exe delete ${NAME}`;
    await expect(uninstall()).rejects.toThrow(new PartFailure('foreign', message));
    expect(changingCalls(standin)).toEqual([]);
  });

  test('deletes it in whatever folder its program is', async () => {
    standin.configure({ commandLine: 'D:\\Some folder\\Netstat-Exporter.EXE --service' });
    expect((await uninstall()).changes).toEqual([UNINSTALLED]);
  });

  test('does nothing when there is none', async () => {
    await uninstall();
    standin.forget();
    expect(await uninstall()).toEqual({ changes: [], problems: [] });
    expect(changingCalls(standin)).toEqual([]);
  });

  test('does not delete what does not stop', async () => {
    standin.answers('now', { state: 'running' });
    standin.answers('afterStop', { state: 'stopping' });
    await expect(uninstall(IMPATIENT)).rejects.toThrow('has not stopped');
    expect(changingCalls(standin)).toEqual(['ControlService(control=0x1)']);
  });

  test('says what keeps it there', async () => {
    standin.hold(true);
    const stays = `the service ${NAME} is marked for deletion, but a program still has it open: Windows removes it when services.msc, Task Manager and the like are closed, or with the next restart`;
    expect(await uninstall(PATIENT, IMPATIENT)).toEqual({ changes: [UNINSTALLED], problems: [stays] });
    expect(() => installService({ ...DEFINITION, name: 'other' }, standin.libraries)).toThrow(/1072/);
    // Once more: it is marked already.
    expect(await uninstall(PATIENT, IMPATIENT)).toEqual({ changes: [UNINSTALLED], problems: [stays] });
  });

  test.each([
    ['OpenServiceW', 5, `OpenServiceW(${NAME}) failed: 5 (Access is denied.); run it as an administrator`],
    [
      'QueryServiceConfigW',
      5,
      `QueryServiceConfigW(${NAME}) failed: 5 (Access is denied.); run it as an administrator`,
    ],
    ['QueryServiceStatusEx', 6, `QueryServiceStatusEx(${NAME}) failed: 6`],
    ['DeleteService', 5, `DeleteService(${NAME}) failed: 5 (Access is denied.); run it as an administrator`],
  ])('fails when %s fails with %i', async (name, code, message) => {
    standin.fails(name, code);
    await expect(uninstall()).rejects.toThrow(message);
  });
});
