// World 2: the script of the service control manager, for a process that is a service.

import type { ServiceStandin } from './service-standin.ts';

/** What fails, with which code; all else is as it should be. */
export interface DispatcherManner {
  readonly dispatcherFailure?: number;
  readonly handlerFailure?: number;
  readonly statusFailure?: number;
  /** Nobody calls ServiceMain. */
  readonly isMainForgotten?: boolean;
}

export interface StandinDispatcher {
  behave(manner: DispatcherManner): void;
  /** Sends a control to the service; its answer is among the calls, later. */
  control(code: number): void;
  /** Lets the dispatcher return; true while it has not. */
  end(): boolean;
  /** As if for a new process. Only when the dispatcher has returned. */
  reset(): void;
}

export function scriptDispatcher({ library }: Pick<ServiceStandin, 'library'>): StandinDispatcher {
  const behave = library.func('void standin_dispatcher(void *manner)');
  const control = library.func('int32_t standin_control(uint32_t control)');
  const end = library.func('uint32_t standin_end_dispatcher()');
  const reset = library.func('void standin_reset_dispatcher()');
  return {
    behave: ({ dispatcherFailure = 0, handlerFailure = 0, statusFailure = 0, isMainForgotten = false }) =>
      behave(Uint32Array.of(dispatcherFailure, handlerFailure, statusFailure, Number(isMainForgotten))),
    control(code) {
      if (control(code) === 0) throw new Error('these are too many controls for the stand-in');
    },
    end: () => end() !== 0,
    reset: () => reset(),
  };
}
