// World 2 (the ABI stand-in): a service is told to end, and ends, by what it tells the service control manager, and what it answers it.

import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test, vi } from 'vitest';
import { PATIENCE } from '../../support/patience.ts';
import {
  answer,
  describeOnDispatcher,
  RUNNING,
  START_PENDING,
  STOP_PENDING,
  STOPPED,
  status,
} from './open-dispatcher.ts';

const [STOP, PAUSE, INTERROGATE, SHUTDOWN, PRESHUTDOWN] = [1, 2, 4, 5, 15];

describeOnDispatcher('a service', ({ manager, start, startAndRun, calls, statuses, whenAnswered }) => {
  describe('that is told to end', () => {
    test.each([
      [STOP, 'SERVICE_CONTROL_STOP'],
      [SHUTDOWN, 'SERVICE_CONTROL_SHUTDOWN'],
    ])('by control %i has told that it will when it hears of it', async (control, request) => {
      const service = await startAndRun();
      manager.control(control);
      expect(await service.toldToEnd).toBe(request);
      expect(statuses()).toEqual([START_PENDING, RUNNING, STOP_PENDING]);
      await whenAnswered(answer(control, 0));
    });

    test('by two controls at once ends by the first, tells it once, and answers both', async () => {
      const service = await startAndRun();
      manager.control(SHUTDOWN);
      manager.control(STOP);
      expect(await service.toldToEnd).toBe('SERVICE_CONTROL_SHUTDOWN');
      await whenAnswered(answer(SHUTDOWN, 0), answer(STOP, 0));
      expect(statuses()).toEqual([START_PENDING, RUNNING, STOP_PENDING]);
    });

    test('before it runs never says that it runs', async () => {
      const service = await start();
      manager.control(STOP);
      expect(await service.toldToEnd).toBe('SERVICE_CONTROL_STOP');
      service.running();
      await service.stopped(0);
      expect(statuses()).toEqual([START_PENDING, STOP_PENDING, STOPPED]);
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
      expect(statuses()).toEqual([START_PENDING, RUNNING]);
      expect(await service.toldToEnd).toBe('SERVICE_CONTROL_STOP');
      await whenAnswered(answer(STOP, 0));
    });
  });

  describe('that is asked', () => {
    test('how it is tells it again', async () => {
      await startAndRun();
      manager.control(INTERROGATE);
      await whenAnswered(answer(INTERROGATE, 0));
      expect(statuses()).toEqual([START_PENDING, RUNNING, RUNNING]);
    });

    test('for what it does not do says that, and goes on', async () => {
      await startAndRun();
      for (const control of [PAUSE, PRESHUTDOWN, 200]) manager.control(control);
      await whenAnswered(answer(PAUSE, 120), answer(PRESHUTDOWN, 120), answer(200, 120));
      expect(statuses()).toEqual([START_PENDING, RUNNING]);
    });
  });

  describe('that ends', () => {
    test('well reports success at once, and has ended when the dispatcher has returned', async () => {
      const service = await startAndRun();
      const stopped = service.stopped(0);
      expect(statuses()).toEqual([START_PENDING, RUNNING, STOPPED]);
      await stopped;
      expect(calls().at(-1)).toBe('StartServiceCtrlDispatcherW returned()');
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
      expect(calls()).toContain(answer(STOP, 0));
    });

    test('otherwise reports its exit code as its own', async () => {
      const service = await start();
      await service.stopped(2);
      expect(statuses()).toEqual([START_PENDING, status({ state: 1, exit: 1066, specific: 2 })]);
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
      expect(statuses()).toEqual([START_PENDING, RUNNING, STOPPED]);
      expect(await Promise.race([service.toldToEnd, sleep(20, 'nothing')])).toBe('nothing');
    });

    test('does so without an error when the manager does not listen any more', async () => {
      const service = await startAndRun();
      manager.behave({ statusFailure: 6 });
      await service.stopped(0);
      expect(statuses().at(-1)).toBe(STOPPED);
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
      expect(statuses()).toEqual([START_PENDING, RUNNING, stopped]);
    });

    test('has told it, though the manager took no status at its start', async () => {
      const before = process.listeners('exit');
      manager.behave({ statusFailure: 6 });
      await expect(start()).rejects.toThrow('SetServiceStatus failed: 6');
      manager.behave({});
      const [listener] = process.listeners('exit').filter((listener) => !before.includes(listener));
      listener?.(1);
      expect(statuses()).toEqual([START_PENDING, status({ state: 1, exit: 1066, specific: 1 })]);
    });

    test('tells nothing when it was done with before', async () => {
      const [listener] = await startedWithListeners();
      manager.end();
      await vi.waitFor(() => expect(process.listeners('exit')).not.toContain(listener), PATIENCE);
    });
  });
});
