// The functions by which a process is a service, with the C prototypes that koffi binds, and those of the two that Windows calls.

import koffi from 'koffi';
import type { BackgroundFunction } from '../../sources/windows/background-call.ts';
import type { Kernel32 } from '../../sources/windows/bindings.ts';
import { NativeLibrary } from '../../sources/windows/native-library.ts';

export interface ServiceFunctions {
  /**
   * StartServiceCtrlDispatcherW function (winsvc.h). Takes a table of SERVICE_TABLE_ENTRYW and returns when all its
   * services have stopped: in the background, since it would else keep waiting for callbacks that need this thread.
   * It takes one thread of libuv's pool, which has four, until then. 0 is a failure.
   */
  readonly startDispatcher: BackgroundFunction;
  /** RegisterServiceCtrlHandlerExW function (winsvc.h). Returns the handle for setServiceStatus, which is never closed; 0 is a failure. */
  registerControlHandler(name: Uint16Array, handler: bigint, context: null): number;
  /** SetServiceStatus function (winsvc.h). 0 is a failure. */
  setServiceStatus(handle: number, status: Uint32Array): number;
}

/** The types of a function that Windows calls: of what it returns, and of its parameters. */
interface CallbackPrototype {
  readonly returns: string;
  readonly parameters: readonly string[];
}

/** LPSERVICE_MAIN_FUNCTIONW callback function (winsvc.h): the number of arguments, and these, the service's name first. */
export const SERVICE_MAIN: CallbackPrototype = { returns: 'void', parameters: ['uint32_t', 'void *'] };

/** LPHANDLER_FUNCTION_EX callback function (winsvc.h): control, event type, event data, context. Returns an error code. */
export const HANDLER_EX: CallbackPrototype = {
  returns: 'uint32_t',
  parameters: ['uint32_t', 'uint32_t', 'void *', 'void *'],
};

export function loadServiceFunctions(file: string, { getLastError }: Pick<Kernel32, 'getLastError'>): ServiceFunctions {
  const library = new NativeLibrary(file);
  return {
    startDispatcher: library.backgroundFunction(
      'int32_t __stdcall StartServiceCtrlDispatcherW(void *table)',
      getLastError,
    ),
    registerControlHandler: library.function(
      'intptr_t __stdcall RegisterServiceCtrlHandlerExW(void *name, void *handler, void *context)',
    ),
    setServiceStatus: library.function('int32_t __stdcall SetServiceStatus(intptr_t handle, void *status)'),
  };
}

/** The address of a function that any thread may call: koffi runs it on this one, while the caller waits. It must not throw. */
export function registerCallback(
  { returns, parameters }: CallbackPrototype,
  callback: (code: number) => unknown,
): bigint {
  return koffi.register(callback, koffi.pointer(koffi.proto(returns, [...parameters])));
}

/** Nobody may call it any more. */
export function unregisterCallback(address: bigint): void {
  koffi.unregister(address);
}
