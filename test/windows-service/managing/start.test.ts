// World 2 (the stand-in of the service control manager): starting the service, and waiting until it runs.

import { beforeEach, expect, test } from 'vitest';
import { installService } from '../../../src/windows-service/managing/install.ts';
import { startService } from '../../../src/windows-service/managing/start.ts';
import {
  changingCalls,
  DEFINITION,
  describeOnServiceManager,
  IMPATIENT,
  NAME,
  PATIENT,
} from './open-service-manager.ts';

const START = 'StartServiceW(arguments=0x0)';
const RUNS = { changes: [`the service ${NAME} runs: process 4711`], problems: [] };

describeOnServiceManager('starting the service', (standin) => {
  const start = (patience = PATIENT) => startService(DEFINITION, standin.libraries, patience);

  beforeEach(() => {
    installService(DEFINITION, standin.libraries);
    standin.forget();
  });

  test('waits until it runs, and says in which process', async () => {
    standin.answers('afterStart', { state: 'starting' }, { state: 'starting' }, { state: 'running', pid: 4711 });
    expect(await start()).toEqual(RUNS);
    expect(standin.calls()).toEqual([
      'OpenSCManagerW(access=0x1)',
      `OpenServiceW(name="${NAME}", access=0x15)`,
      'QueryServiceConfigW()',
      'QueryServiceStatusEx()',
      'QueryServiceStatusEx()',
      START,
      'QueryServiceStatusEx()',
      'QueryServiceStatusEx()',
      'QueryServiceStatusEx()',
      'CloseServiceHandle(handle=0x5c02)',
      'CloseServiceHandle(handle=0x5c01)',
    ]);
  });

  test('does nothing when it runs already', async () => {
    standin.answers('now', { state: 'running', pid: 4711 });
    expect(await start()).toEqual({ changes: [], problems: [] });
    expect(changingCalls(standin)).toEqual([]);
  });

  test('leaves a service of that name alone that is another program’s', async () => {
    standin.configure({ commandLine: 'C:\\other.exe' });
    await expect(start()).rejects.toThrow(
      `the service ${NAME} is another program's and was left as it is: C:\\other.exe`,
    );
    expect(changingCalls(standin)).toEqual([]);
  });

  test('waits for a start that is under way', async () => {
    standin.answers('now', { state: 'starting' }, { state: 'starting' }, { state: 'running', pid: 4711 });
    expect(await start()).toEqual(RUNS);
    expect(changingCalls(standin)).toEqual([]);
  });

  test('waits until it has stopped, where it was being stopped', async () => {
    standin.answers('now', { state: 'stopping' }, { state: 'stopping' }, { state: 'stopped' });
    standin.answers('afterStart', { state: 'running', pid: 4711 });
    expect(await start()).toEqual(RUNS);
    expect(changingCalls(standin)).toEqual([START]);
  });

  test('takes it well when somebody else starts it at the same moment', async () => {
    standin.fails('StartServiceW', 1056);
    standin.answers('afterStart', { state: 'starting' }, { state: 'running', pid: 4711 });
    expect(await start()).toEqual(RUNS);
    expect(changingCalls(standin)).toEqual([START]);
  });

  test('fails with its own exit code when it ends instead', async () => {
    standin.answers('afterStart', { state: 'starting' }, { state: 'stopped', exitCode: 1066, specificExitCode: 2 });
    const message = `starting the service ${NAME} failed: it ended with its own exit code 2; the Application log of the Event Viewer says why`;
    await expect(start()).rejects.toMatchObject({ code: '2', message });
    expect(changingCalls(standin)).toEqual([START]);
  });

  test('fails when somebody stops it before it runs', async () => {
    standin.answers('afterStart', { state: 'starting' }, { state: 'stopped', exitCode: 0 });
    const message = `starting the service ${NAME} failed: somebody has stopped it meanwhile`;
    await expect(start()).rejects.toMatchObject({ code: 'stopped', message });
  });

  test('fails with the code of Windows when it ends with that', async () => {
    standin.answers('afterStart', { state: 'stopped', exitCode: 5, specificExitCode: 9 });
    const message = `starting the service ${NAME} failed: 5 (Access is denied.); the Application log of the Event Viewer says why`;
    await expect(start()).rejects.toMatchObject({ code: '5', message });
  });

  test('fails when it takes too long', async () => {
    standin.answers('afterStart', { state: 'starting' });
    await expect(start(IMPATIENT)).rejects.toThrow(`the service ${NAME} does not run after 0.02 s`);
    expect(changingCalls(standin)).toEqual([START]);
  });

  test.each([
    ['OpenServiceW', 5, `OpenServiceW(${NAME}) failed: 5 (Access is denied.); run it as an administrator`],
    ['OpenServiceW', 1060, `OpenServiceW(${NAME}) failed: 1060 (0x0424); it is not installed`],
    ['QueryServiceStatusEx', 6, `QueryServiceStatusEx(${NAME}) failed: 6 (0x0006)`],
    [
      'StartServiceW',
      2,
      `StartServiceW(${NAME}) failed: 2 (0x0002); the program is not where the command line of the service says`,
    ],
    ['StartServiceW', 3, `StartServiceW(${NAME}) failed: 3 (0x0003); the program is not where`],
    [
      'StartServiceW',
      5,
      `StartServiceW(${NAME}) failed: 5 (Access is denied.); the account of the service may not run the program: put it where`,
    ],
    [
      'StartServiceW',
      1053,
      `StartServiceW(${NAME}) failed: 1053 (0x041D); its process ended at once or did not answer for 30 s`,
    ],
    [
      'StartServiceW',
      1058,
      `StartServiceW(${NAME}) failed: 1058 (0x0422); it is disabled; installing it again enables it`,
    ],
    [
      'StartServiceW',
      1072,
      `StartServiceW(${NAME}) failed: 1072 (0x0430); it was uninstalled, but a program still has it open`,
    ],
  ])('fails when %s fails with %i', async (name, code, message) => {
    standin.fails(name, code);
    await expect(start()).rejects.toThrow(message);
  });
});
