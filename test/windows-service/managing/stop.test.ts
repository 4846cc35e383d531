// World 2 (the stand-in of the service control manager): stopping the service, and waiting until its process has ended.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { installService } from '../../../src/windows-service/managing/install.ts';
import { stopService } from '../../../src/windows-service/managing/stop.ts';
import {
  changingCalls,
  DEFINITION,
  describeOnServiceManager,
  IMPATIENT,
  NAME,
  PATIENT,
} from './open-service-manager.ts';

/** Enough for it to look a few times on any machine; on a slow one, the less is shown. */
const SOME_POLLS_MS = 100;
const STOP = 'ControlService(control=0x1)';
const STOPPED = { changes: [`the service ${NAME} is stopped`], problems: [] };

describeOnServiceManager('stopping the service', (standin) => {
  const stop = (patience = PATIENT) => stopService(DEFINITION, standin.libraries, patience);

  beforeEach(() => {
    installService(DEFINITION, standin.libraries);
    standin.answers('now', { state: 'running' });
    standin.forget();
  });

  test('tells it once, and waits until it has stopped', async () => {
    standin.answers('afterStop', { state: 'stopping' }, { state: 'stopping' }, { state: 'stopped' });
    expect(await stop()).toEqual(STOPPED);
    expect(standin.calls()).toEqual([
      'OpenSCManagerW(access=0x1)',
      `OpenServiceW(name="${NAME}", access=0x25)`,
      'QueryServiceConfigW()',
      'QueryServiceStatusEx()',
      'QueryServiceStatusEx()',
      STOP,
      'QueryServiceStatusEx()',
      'QueryServiceStatusEx()',
      'QueryServiceStatusEx()',
      'CloseServiceHandle(handle=0x5c02)',
      'CloseServiceHandle(handle=0x5c01)',
    ]);
  });

  test('tells it once, also when it still calls itself running for a while', async () => {
    standin.answers('afterStop', { state: 'running' }, { state: 'running' }, { state: 'stopped' });
    expect(await stop()).toEqual(STOPPED);
    expect(changingCalls(standin)).toEqual([STOP]);
  });

  test('leaves a service of that name alone that is another program’s', async () => {
    standin.configure({ commandLine: 'C:\\other.exe' });
    await expect(stop()).rejects.toThrow(
      `the service ${NAME} is another program's and was left as it is: C:\\other.exe`,
    );
    expect(changingCalls(standin)).toEqual([]);
  });

  test('does nothing when it does not run', async () => {
    standin.answers('now', { state: 'stopped' });
    expect(await stop()).toEqual({ changes: [], problems: [] });
    expect(changingCalls(standin)).toEqual([]);
  });

  test('waits for a stop that is under way', async () => {
    standin.answers('now', { state: 'stopping' }, { state: 'stopping' }, { state: 'stopped' });
    expect(await stop()).toEqual(STOPPED);
    expect(changingCalls(standin)).toEqual([]);
  });

  test.each(['starting', 'paused', 7, 99] as const)('stops one in the state %s', async (state) => {
    standin.answers('now', { state });
    expect(await stop()).toEqual(STOPPED);
    expect(changingCalls(standin)).toEqual([STOP]);
  });

  test.each([1061, 1062])('tells it again as long as Windows answers %i', async (code) => {
    standin.answers('now', { state: 'starting' }, { state: 'starting' }, { state: 'running' }, { state: 'stopped' });
    standin.fails('ControlService', code);
    expect(await stop()).toEqual(STOPPED);
    expect(changingCalls(standin)).toEqual([STOP, STOP]);
  });

  test('fails when it does not stop', async () => {
    standin.answers('afterStop', { state: 'stopping' });
    await expect(stop(IMPATIENT)).rejects.toThrow(`the service ${NAME} has not stopped after 0.02 s`);
    expect(changingCalls(standin)).toEqual([STOP]);
  });

  test.each([
    ['OpenSCManagerW', 5, 'OpenSCManagerW failed: 5 (Access is denied.); run it as an administrator'],
    ['OpenServiceW', 1060, `OpenServiceW(${NAME}) failed: 1060 (0x0424); it is not installed`],
    ['ControlService', 5, `ControlService(${NAME}, SERVICE_CONTROL_STOP) failed: 5 (Access is denied.); run it as`],
    ['ControlService', 1051, 'failed: 1051 (0x041B); stop the services first that depend on it'],
  ])('fails when %s fails with %i', async (name, code, message) => {
    standin.fails(name, code);
    await expect(stop()).rejects.toThrow(message);
  });

  test.each([
    ['ESRCH', []],
    ['EPERM', [`the process 4711 of the service ${NAME} has not ended`]],
  ])('takes its process for ended only when there is none: %s', async (code, problems) => {
    const kill = vi.spyOn(process, 'kill').mockImplementation(() => {
      throw Object.assign(new Error(`kill ${code}`), { code });
    });
    onTestFinished(() => kill.mockRestore());
    standin.answers('now', { state: 'running', pid: 4711 });
    expect(await stop(IMPATIENT)).toEqual({ ...STOPPED, problems });
    expect(kill).toHaveBeenCalledWith(4711, 0);
  });

  test('waits until its process has ended, which has its files open', async () => {
    const process = spawn(globalThis.process.execPath, ['-e', 'process.stdin.resume()'], {
      stdio: ['pipe', 'ignore', 'ignore'],
    });
    await once(process, 'spawn');
    standin.answers('now', { state: 'running', pid: process.pid ?? 0 });
    expect(await stop(IMPATIENT)).toEqual({
      ...STOPPED,
      problems: [`the process ${process.pid} of the service ${NAME} has not ended`],
    });
    standin.answers('now', { state: 'starting' }, { state: 'running', pid: process.pid ?? 0 });
    const onStopped = vi.fn();
    const stopped = stop();
    const told = stopped.then(onStopped);
    await sleep(SOME_POLLS_MS);
    expect(onStopped).not.toHaveBeenCalled();
    process.stdin.end();
    expect(await stopped).toEqual(STOPPED);
    await told;
  });
});
