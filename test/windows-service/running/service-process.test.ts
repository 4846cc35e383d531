// World 2 (the ABI stand-in): a process as a service, by what it tells the service control manager, and what it answers it.

import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { type ServiceProcess, startServiceProcess } from '../../../src/windows-service/running/service-process.ts';
import { PATIENCE } from '../../support/patience.ts';
import { scriptDispatcher } from '../../worlds/service-standin/dispatcher.ts';
import { describeOnServiceStandin } from '../open-standin.ts';

const [STOP, PAUSE, INTERROGATE, SHUTDOWN, PRESHUTDOWN] = [1, 2, 4, 5, 15];
const CONNECTED = [
  'StartServiceCtrlDispatcherW(name="netstat-exporter", more=0x0)',
  'RegisterServiceCtrlHandlerExW(name="netstat-exporter", context=0x0)',
];
const START_PENDING = status({ state: 2, hint: 10_000 });
const RUNNING = status({ state: 4, accepts: 5 });
const STOP_PENDING = status({ state: 3, hint: 5000 });
const STOPPED = status({ state: 1 });

/** SetServiceStatus, as it is recorded. */
function status({ state = 0, accepts = 0, exit = 0, specific = 0, checkpoint = 0, hint = 0 }): string {
  const fields = { type: 0x10, state, accepts, exit, specific, checkpoint, hint };
  const shown = Object.entries(fields).map(([field, value]) => `${field}=0x${value.toString(16)}`);
  return `SetServiceStatus(${shown.join(', ')})`;
}

function answer(control: number, returned: number): string {
  return `HandlerEx(control=0x${control.toString(16)}, returned=0x${returned.toString(16)})`;
}

/** Those of the dispatcher's threads come in between, whenever they come. */
function statuses(calls: readonly string[]): string[] {
  return calls.filter((call) => call.startsWith('SetServiceStatus'));
}

describeOnServiceStandin('a service', (standin, libraries) => {
  const manager = scriptDispatcher(standin);
  const start = (mainTimeoutMs?: number) => startServiceProcess('netstat-exporter', libraries, mainTimeoutMs);

  afterEach(async () => {
    vi.useRealTimers();
    await vi.waitUntil(() => !manager.end(), PATIENCE);
    // The dispatcher's result, and with it the callbacks, are done with on this thread.
    await sleep(0);
    manager.reset();
  });

  /** Waits until the manager has these answers, in this order. */
  async function whenAnswered(...answers: readonly string[]): Promise<void> {
    const received = () => standin.calls().filter((call) => call.startsWith('HandlerEx'));
    await vi.waitFor(() => expect(received()).toEqual(answers), PATIENCE);
  }

  async function startAndRun(): Promise<ServiceProcess> {
    const service = await start();
    service.running();
    return service;
  }

  describe('that starts', () => {
    test('connects, registers its handler in ServiceMain, and is pending', async () => {
      await start();
      const calls = standin.calls().filter((call) => call !== 'ServiceMain returned()');
      expect(calls).toEqual([...CONNECTED, START_PENDING]);
    });

    test('lets ServiceMain return at once', async () => {
      await start();
      await vi.waitFor(() => expect(standin.calls()).toContain('ServiceMain returned()'), PATIENCE);
    });

    test('runs when it says so, and accepts the controls of its end from then on', async () => {
      await startAndRun();
      expect(statuses(standin.calls())).toEqual([START_PENDING, RUNNING]);
    });

    test('runs once', async () => {
      const service = await startAndRun();
      service.running();
      expect(statuses(standin.calls())).toEqual([START_PENDING, RUNNING]);
    });

    test('says from time to time that it still starts, well before the manager gives it up, and not for ever', async () => {
      vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
      await start();
      vi.advanceTimersByTime(2999);
      expect(statuses(standin.calls())).toEqual([START_PENDING]);
      vi.advanceTimersByTime(3001);
      const pending = [0, 1, 2].map((checkpoint) => status({ state: 2, checkpoint, hint: 10_000 }));
      expect(statuses(standin.calls())).toEqual(pending);
      vi.advanceTimersByTime(3_600_000);
      expect(statuses(standin.calls())).toHaveLength(81);
      expect(statuses(standin.calls()).at(-1)).toBe(status({ state: 2, checkpoint: 80, hint: 10_000 }));
    });

    test.each(['running', 'stopped'] as const)('says so no more when it is %s', async (method) => {
      vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
      const service = await start();
      vi.advanceTimersByTime(3000);
      await service[method](0);
      standin.forget();
      vi.advanceTimersByTime(3_600_000);
      expect(statuses(standin.calls())).toEqual([]);
    });

    test('has no checkpoint left when it runs', async () => {
      vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
      const service = await start();
      vi.advanceTimersByTime(3000);
      service.running();
      expect(statuses(standin.calls()).at(-1)).toBe(RUNNING);
    });
  });

  describe('that is not started', () => {
    test('by the service control manager says how to do that', async () => {
      manager.behave({ dispatcherFailure: 1063 });
      await expect(start()).rejects.toThrow(
        /^StartServiceCtrlDispatcherW failed: 1063 \(0x0427\); it is started as a service by: net start netstat-exporter$/,
      );
    });

    test('for another reason says which', async () => {
      manager.behave({ dispatcherFailure: 5 });
      await expect(start()).rejects.toThrow(/^StartServiceCtrlDispatcherW failed: 5 \(Access is denied\.\)$/);
    });

    test('since nobody calls ServiceMain does not wait for ever', async () => {
      manager.behave({ isMainForgotten: true });
      await expect(start(50)).rejects.toThrow(
        'nobody has called ServiceMain within 0.05 s of StartServiceCtrlDispatcherW',
      );
    });

    test('since the dispatcher returned too early does not wait either', async () => {
      manager.behave({ isMainForgotten: true });
      const started = start();
      await vi.waitFor(() => expect(standin.calls()).toHaveLength(1), PATIENCE);
      manager.end();
      await expect(started).rejects.toThrow('StartServiceCtrlDispatcherW has returned without a call of ServiceMain');
    });

    test('since its handler is refused says so', async () => {
      manager.behave({ handlerFailure: 5 });
      await expect(start()).rejects.toThrow(/^RegisterServiceCtrlHandlerExW failed: 5 \(Access is denied\.\)$/);
      expect(statuses(standin.calls())).toEqual([]);
    });

    test('since its status is refused says so', async () => {
      manager.behave({ statusFailure: 6 });
      await expect(start()).rejects.toThrow(/^SetServiceStatus failed: 6 \(0x0006\)$/);
    });

    test.each(['advapi32', 'kernel32'] as const)('since there is no %s says so', async (library) => {
      if (library === 'kernel32') manager.behave({ dispatcherFailure: 1063 });
      const absent = { ...libraries, [library]: '/nowhere/absent.dll' };
      await expect(startServiceProcess('netstat-exporter', absent)).rejects.toThrow(/^loading \/nowhere\/absent\.dll/);
    });
  });

  describe('that is told to end', () => {
    test.each([
      [STOP, 'SERVICE_CONTROL_STOP'],
      [SHUTDOWN, 'SERVICE_CONTROL_SHUTDOWN'],
    ])('by control %i has told that it will when it hears of it', async (control, request) => {
      const service = await startAndRun();
      manager.control(control);
      expect(await service.toldToEnd).toBe(request);
      expect(statuses(standin.calls())).toEqual([START_PENDING, RUNNING, STOP_PENDING]);
      await whenAnswered(answer(control, 0));
    });

    test('by two controls at once ends by the first, tells it once, and answers both', async () => {
      const service = await startAndRun();
      manager.control(SHUTDOWN);
      manager.control(STOP);
      expect(await service.toldToEnd).toBe('SERVICE_CONTROL_SHUTDOWN');
      await whenAnswered(answer(SHUTDOWN, 0), answer(STOP, 0));
      expect(statuses(standin.calls())).toEqual([START_PENDING, RUNNING, STOP_PENDING]);
    });

    test('before it runs never says that it runs', async () => {
      const service = await start();
      manager.control(STOP);
      expect(await service.toldToEnd).toBe('SERVICE_CONTROL_STOP');
      service.running();
      await service.stopped(0);
      expect(statuses(standin.calls())).toEqual([START_PENDING, STOP_PENDING, STOPPED]);
    });

    test('hears of it though the manager does not take its status', async () => {
      const service = await startAndRun();
      manager.behave({ statusFailure: 6 });
      manager.control(STOP);
      expect(await service.toldToEnd).toBe('SERVICE_CONTROL_STOP');
      await whenAnswered(answer(STOP, 0));
    });

    test('while it is busy answers as soon as it is not', async () => {
      const service = await startAndRun();
      manager.control(STOP);
      const busyUntil = performance.now() + 300;
      while (performance.now() < busyUntil);
      expect(statuses(standin.calls())).toEqual([START_PENDING, RUNNING]);
      expect(await service.toldToEnd).toBe('SERVICE_CONTROL_STOP');
      await whenAnswered(answer(STOP, 0));
    });
  });

  describe('that is asked', () => {
    test('how it is tells it again', async () => {
      await startAndRun();
      manager.control(INTERROGATE);
      await whenAnswered(answer(INTERROGATE, 0));
      expect(statuses(standin.calls())).toEqual([START_PENDING, RUNNING, RUNNING]);
    });

    test('for what it does not do says that, and goes on', async () => {
      await startAndRun();
      for (const control of [PAUSE, PRESHUTDOWN, 200]) manager.control(control);
      await whenAnswered(answer(PAUSE, 120), answer(PRESHUTDOWN, 120), answer(200, 120));
      expect(statuses(standin.calls())).toEqual([START_PENDING, RUNNING]);
    });
  });

  describe('that ends', () => {
    test('well reports success at once, and has ended when the dispatcher has returned', async () => {
      const service = await startAndRun();
      const stopped = service.stopped(0);
      expect(statuses(standin.calls())).toEqual([START_PENDING, RUNNING, STOPPED]);
      await stopped;
      expect(standin.calls().at(-1)).toBe('StartServiceCtrlDispatcherW returned()');
    });

    test('does not wait for longer than that takes', async () => {
      const service = await startAndRun();
      vi.useFakeTimers({ toFake: ['setTimeout'] });
      await service.stopped(0);
    });

    test('has given all its answers by then', async () => {
      const service = await startAndRun();
      manager.control(STOP);
      await service.toldToEnd;
      await service.stopped(0);
      expect(standin.calls()).toContain(answer(STOP, 0));
    });

    test('otherwise reports its exit code as its own', async () => {
      const service = await start();
      await service.stopped(2);
      expect(statuses(standin.calls())).toEqual([START_PENDING, status({ state: 1, exit: 1066, specific: 2 })]);
    });

    test('is asked nothing more of consequence', async () => {
      const service = await startAndRun();
      manager.control(STOP);
      manager.control(INTERROGATE);
      // Both wait for this thread, which ends the service before it looks.
      const stopped = service.stopped(0);
      service.running();
      await service.stopped(2);
      await stopped;
      await whenAnswered(answer(STOP, 0), answer(INTERROGATE, 0));
      expect(statuses(standin.calls())).toEqual([START_PENDING, RUNNING, STOPPED]);
      expect(await Promise.race([service.toldToEnd, sleep(20, 'nothing')])).toBe('nothing');
    });

    test('does so without an error when the manager does not listen any more', async () => {
      const service = await startAndRun();
      manager.behave({ statusFailure: 6 });
      await service.stopped(0);
      expect(statuses(standin.calls()).at(-1)).toBe(STOPPED);
    });
  });

  describe('whose process ends by itself', () => {
    /** What the service adds to process.exit; all else of it would end the tests. */
    async function startedWithListeners(): Promise<readonly ((code: number) => void)[]> {
      const before = process.listeners('exit');
      await startAndRun();
      return process.listeners('exit').filter((listener) => !before.includes(listener));
    }

    test.each([0, 3])('has told its exit code %i', async (code) => {
      const [listener] = await startedWithListeners();
      listener?.(code);
      const stopped = status({ state: 1, exit: code === 0 ? 0 : 1066, specific: code });
      expect(statuses(standin.calls())).toEqual([START_PENDING, RUNNING, stopped]);
    });

    test('tells nothing when it was done with before', async () => {
      const [listener] = await startedWithListeners();
      manager.end();
      await vi.waitFor(() => expect(process.listeners('exit')).not.toContain(listener), PATIENCE);
    });
  });

  test('says that it cannot run when the manager does not take it', async () => {
    const service = await start();
    manager.behave({ statusFailure: 6 });
    expect(() => service.running()).toThrow('SetServiceStatus failed: 6 (0x0006)');
  });
});
