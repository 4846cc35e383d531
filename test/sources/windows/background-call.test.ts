// World 2 (the ABI stand-in): calls on another thread, of functions that may hang.

import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterEach, expect, test, vi } from 'vitest';
import { loadKernel32 } from '../../../src/sources/windows/bindings.ts';
import { NativeLibrary } from '../../../src/sources/windows/native-library.ts';
import { PATIENCE } from '../../support/patience.ts';
import { describeOnServiceStandin } from '../../windows-service/open-standin.ts';
import { scriptEventLog } from '../../worlds/service-standin/event-log.ts';
import { REGISTER, REPORT } from './background-functions.ts';

const ENDING_PROCESS = fileURLToPath(new URL('./ending-process.ts', import.meta.url));

setFlagsFromString('--expose-gc');
const collectGarbage: () => void = runInNewContext('gc');

/** A failed expectation would hold it as well. */
function isHeld(memory: WeakRef<object>): boolean {
  return memory.deref() !== undefined;
}

describeOnServiceStandin('a call in the background', (standin, { advapi32, kernel32 }) => {
  const behave = scriptEventLog(standin);
  const library = new NativeLibrary(advapi32);
  const { getLastError } = loadKernel32(kernel32);
  const register = library.backgroundFunction(REGISTER, getLastError);
  const report = library.backgroundFunction(REPORT, getLastError);

  afterEach(() => behave());

  /** Reports an event, whose memory nobody holds but the call. */
  function reportLooseMemory(log: number): [memory: WeakRef<Uint8Array>, reported: ReturnType<typeof report>] {
    const memory = new Uint8Array(4096);
    return [new WeakRef(memory), report(log, 4, 0, 1, null, 1, 0, memory, null)];
  }

  test('gives what the function returned', async () => {
    expect(await register(null, null)).toMatchObject({ result: 0xe7e7 });
  });

  test('gives what GetLastError tells of it', async () => {
    behave({ registerFailure: 1722 });
    expect(await register(null, null)).toEqual({ result: 0, lastError: 1722 });
  });

  test('fails when the error cannot be told', async () => {
    const told = library.backgroundFunction(REGISTER, () => {
      throw new Error('no kernel32');
    });
    await expect(told(null, null)).rejects.toThrow('no kernel32');
  });

  test('fails when it is given too few arguments, or one of another kind', async () => {
    await expect(register(null)).rejects.toThrow(/^Expected 3 arguments, got 2$/);
    await expect(report(null, 4, 0, 1, null, 1, 0, new Uint8Array(8), null)).rejects.toThrow(/^Unexpected /);
  });

  test('adds one listener to the end of the process, however many there are', async () => {
    await register(null, null);
    const listeners = process.listenerCount('exit');
    await register(null, null);
    expect(process.listenerCount('exit')).toBe(listeners);
  });

  test.each([
    ['library', '/nowhere/absent.dll', /^loading \/nowhere\/absent\.dll failed: /],
    ['function', advapi32, /^finding AbsentFunction in .+ failed: /],
  ])('fails when there is no such %s', async (_, file, message) => {
    const absent = new NativeLibrary(file).backgroundFunction('int32_t AbsentFunction(int32_t a)', getLastError);
    await expect(absent(1)).rejects.toThrow(message);
    await expect(absent(1)).rejects.toMatchObject({ code: 'unavailable' });
  });

  test('holds the memory that it is given, and lets the event loop go on', async () => {
    const { result: log } = await register(null, null);
    behave({ hangs: true });
    const [memory, reported] = reportLooseMemory(log);
    await vi.waitFor(() => expect(standin.calls()).toHaveLength(2), PATIENCE);
    collectGarbage();
    expect(isHeld(memory)).toBe(true);
    behave();
    expect(await reported).toMatchObject({ result: 1 });
    await vi.waitFor(() => {
      collectGarbage();
      expect(isHeld(memory)).toBe(false);
    }, PATIENCE);
  });

  function endProcess(manner: 'hangs' | 'returns') {
    return spawnSync(process.execPath, [ENDING_PROCESS, advapi32, manner], { encoding: 'utf8' });
  }

  test('that has returned does not change how the process ends', () => {
    expect(endProcess('returns')).toMatchObject({ status: 3, stderr: '' });
  });

  test('that hangs does not keep the process from ending', () => {
    const { status, signal, stderr } = endProcess('hangs');
    // Windows has no signals: who is ended by force has exit code 1.
    const byForce = process.platform === 'win32' ? { status: 1, signal: null } : { status: null, signal: 'SIGKILL' };
    expect({ status, signal, stderr }).toEqual({ ...byForce, stderr: '' });
  });
});
