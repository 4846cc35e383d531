// Starting a service under the stand-in's service control manager, and what it is recorded to tell that.

import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, vi } from 'vitest';
import type { ServiceLibraries } from '../../../src/windows-service/libraries.ts';
import { type ServiceProcess, startServiceProcess } from '../../../src/windows-service/running/service-process.ts';
import { PATIENCE } from '../../support/patience.ts';
import { type StandinDispatcher, scriptDispatcher } from '../../worlds/service-standin/dispatcher.ts';
import { describeOnServiceStandin } from '../open-standin.ts';

export const START_PENDING = status({ state: 2, hint: 10_000 });
export const RUNNING = status({ state: 4, accepts: 5 });
export const STOP_PENDING = status({ state: 3, hint: 5000 });
export const STOPPED = status({ state: 1 });

/** SetServiceStatus, as it is recorded. */
export function status({ state = 0, accepts = 0, exit = 0, specific = 0, checkpoint = 0, hint = 0 }): string {
  const fields = { type: 0x10, state, accepts, exit, specific, checkpoint, hint };
  const shown = Object.entries(fields).map(([field, value]) => `${field}=0x${value.toString(16)}`);
  return `SetServiceStatus(${shown.join(', ')})`;
}

/** A control and what HandlerEx returned for it, as it is recorded. */
export function answer(control: number, returned: number): string {
  return `HandlerEx(control=0x${control.toString(16)}, returned=0x${returned.toString(16)})`;
}

export interface DispatcherWorld {
  readonly manager: StandinDispatcher;
  readonly libraries: ServiceLibraries;
  start(mainTimeoutMs?: number): Promise<ServiceProcess>;
  startAndRun(): Promise<ServiceProcess>;
  calls(): string[];
  /** The calls of SetServiceStatus: those of the dispatcher's threads come in between, whenever they come. */
  statuses(): string[];
  forget(): void;
  /** Waits until the manager has these answers, in this order. */
  whenAnswered(...answers: readonly string[]): Promise<void>;
}

/** Tests that start no more than one service each. */
export function describeOnDispatcher(name: string, tests: (world: DispatcherWorld) => void): void {
  describeOnServiceStandin(name, (standin, libraries) => {
    const manager = scriptDispatcher(standin);
    const callsOf = (name: string) => standin.calls().filter((call) => call.startsWith(`${name}(`));
    const start = (mainTimeoutMs?: number) => startServiceProcess('netstat-exporter', libraries, mainTimeoutMs);

    afterEach(async () => {
      vi.useRealTimers();
      await vi.waitUntil(() => !manager.end(), PATIENCE);
      // The dispatcher's result, and with it the callbacks, are done with on this thread.
      await sleep(0);
      manager.reset();
    });

    tests({
      manager,
      libraries,
      start,
      async startAndRun() {
        const service = await start();
        service.running();
        return service;
      },
      calls: () => standin.calls(),
      statuses: () => callsOf('SetServiceStatus'),
      forget: () => standin.forget(),
      whenAnswered: (...answers) => vi.waitFor(() => expect(callsOf('HandlerEx')).toEqual(answers), PATIENCE),
    });
  });
}
