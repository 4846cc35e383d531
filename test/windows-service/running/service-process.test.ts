// World 2 (the ABI stand-in): a process becomes a service, or does not, by what it tells the service control manager.

import { describe, expect, test, vi } from 'vitest';
import { startServiceProcess } from '../../../src/windows-service/running/service-process.ts';
import { PATIENCE } from '../../support/patience.ts';
import { describeOnDispatcher, RUNNING, START_PENDING, status } from './open-dispatcher.ts';

const CONNECTED = [
  'StartServiceCtrlDispatcherW(name="netstat-exporter", more=0x0)',
  'RegisterServiceCtrlHandlerExW(name="netstat-exporter", context=0x0)',
];

describeOnDispatcher('a service', ({ manager, libraries, start, startAndRun, calls, statuses, forget }) => {
  describe('that starts', () => {
    test('connects, registers its handler in ServiceMain, and is pending', async () => {
      await start();
      const ownCalls = calls().filter((call) => call !== 'ServiceMain returned()');
      expect(ownCalls).toEqual([...CONNECTED, START_PENDING]);
    });

    test('lets ServiceMain return at once', async () => {
      await start();
      await vi.waitFor(() => expect(calls()).toContain('ServiceMain returned()'), PATIENCE);
    });

    test('runs when it says so, and accepts the controls of its end from then on', async () => {
      await startAndRun();
      expect(statuses()).toEqual([START_PENDING, RUNNING]);
    });

    test('runs once', async () => {
      const service = await startAndRun();
      service.running();
      expect(statuses()).toEqual([START_PENDING, RUNNING]);
    });

    test('says from time to time that it still starts, well before the manager gives it up, and not for ever', async () => {
      vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
      await start();
      vi.advanceTimersByTime(2999);
      expect(statuses()).toEqual([START_PENDING]);
      vi.advanceTimersByTime(3001);
      const pending = [0, 1, 2].map((checkpoint) => status({ state: 2, checkpoint, hint: 10_000 }));
      expect(statuses()).toEqual(pending);
      vi.advanceTimersByTime(3_600_000);
      expect(statuses()).toHaveLength(11);
      expect(statuses().at(-1)).toBe(status({ state: 2, checkpoint: 10, hint: 10_000 }));
    });

    test.each(['running', 'stopped'] as const)('says so no more when it is %s', async (method) => {
      vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
      const service = await start();
      vi.advanceTimersByTime(3000);
      await service[method](0);
      forget();
      vi.advanceTimersByTime(3_600_000);
      expect(statuses()).toEqual([]);
    });

    test('has no checkpoint left when it runs', async () => {
      vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
      const service = await start();
      vi.advanceTimersByTime(3000);
      service.running();
      expect(statuses().at(-1)).toBe(RUNNING);
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
      await vi.waitFor(() => expect(calls()).toHaveLength(1), PATIENCE);
      manager.end();
      await expect(started).rejects.toThrow('StartServiceCtrlDispatcherW has returned without a call of ServiceMain');
    });

    test('since its handler is refused says so', async () => {
      manager.behave({ handlerFailure: 5 });
      await expect(start()).rejects.toThrow(/^RegisterServiceCtrlHandlerExW failed: 5 \(Access is denied\.\)$/);
      expect(statuses()).toEqual([]);
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

  test('says that it cannot run when the manager does not take it', async () => {
    const service = await start();
    manager.behave({ statusFailure: 6 });
    expect(() => service.running()).toThrow('SetServiceStatus failed: 6 (0x0006)');
  });
});
