// This process as a Windows service: connected to the service control manager, told to end by it, and telling it how things are.

import { PartFailure } from '../../sources/parts.ts';
import { type Kernel32, loadKernel32 } from '../../sources/windows/bindings.ts';
import { callFailure } from '../../sources/windows/call-failure.ts';
import { ERROR_CALL_NOT_IMPLEMENTED, NO_ERROR } from '../../sources/windows/codes.ts';
import { wideString } from '../../sources/windows/utf16.ts';
import {
  ERROR_FAILED_SERVICE_CONTROLLER_CONNECT,
  SERVICE_CONTROL_INTERROGATE,
  SERVICE_CONTROL_SHUTDOWN,
  SERVICE_CONTROL_STOP,
  SERVICE_START_PENDING,
  SERVICE_STOP_PENDING,
  SERVICE_STOPPED,
} from '../codes.ts';
import type { ServiceLibraries } from '../libraries.ts';
import {
  HANDLER_EX,
  loadServiceFunctions,
  registerCallback,
  SERVICE_MAIN,
  type ServiceFunctions,
  unregisterCallback,
} from './bindings.ts';
import { serviceTable } from './service-table.ts';
import { StatusReporter } from './status-reporter.ts';

/** Windows gives a process no longer than this to connect. */
const MAIN_TIMEOUT_MS = 30_000;
/** Letting go takes milliseconds. */
const DISCONNECT_TIMEOUT_MS = 500;

const END_REQUESTS: ReadonlyMap<number, EndRequest> = new Map([
  [SERVICE_CONTROL_STOP, 'SERVICE_CONTROL_STOP'],
  [SERVICE_CONTROL_SHUTDOWN, 'SERVICE_CONTROL_SHUTDOWN'],
]);

export type EndRequest = 'SERVICE_CONTROL_STOP' | 'SERVICE_CONTROL_SHUTDOWN';

export interface ServiceProcess {
  /** Resolves with the first request, of which the service control manager knows by then that it is obeyed (SERVICE_STOP_PENDING). */
  readonly toldToEnd: Promise<EndRequest>;
  /** Reports SERVICE_RUNNING, which those wait for who start the service. Nothing once the end has begun. Throws a PartFailure when Windows refuses it. */
  running(): void;
  /**
   * Reports SERVICE_STOPPED: 0 is success, anything else comes as the code of ERROR_SERVICE_SPECIFIC_ERROR. Resolves when
   * the service control manager has let go of the process, which is to end then, and has all answers to its controls; after
   * half a second at the latest. Never throws or rejects: without the report, the end of the process says the same.
   */
  stopped(exitCode: number): Promise<void>;
}

/**
 * Connects this process to the service control manager, which has to happen once, within 30 seconds of its start. Rejects
 * with a PartFailure when it was not started as a service, and when nobody calls ServiceMain in time.
 */
export async function startServiceProcess(
  name: string,
  libraries: ServiceLibraries,
  mainTimeoutMs = MAIN_TIMEOUT_MS,
): Promise<ServiceProcess> {
  const kernel32 = loadKernel32(libraries.kernel32);
  const functions = loadServiceFunctions(libraries.advapi32, kernel32);
  const { promise, resolve, reject } = Promise.withResolvers<ServiceProcess>();
  let service: ConnectedService | undefined;
  const main = registerCallback(SERVICE_MAIN, () => {
    // ServiceMain may return at once: the service is there until it reports its end.
    try {
      // Known before it reports: if Windows takes no report now, that of the end of the process is due all the same.
      service = new ConnectedService(name, functions, kernel32);
      service.startPending();
      resolve(service);
    } catch (error) {
      reject(error);
    }
  });
  // However the process ends, Windows hears of it: without that the dispatcher would not return, and process.exit waits for it.
  const reportEnd = (exitCode: number) => service?.reportStopped(exitCode);
  process.on('exit', reportEnd);
  const timer = setTimeout(() => reject(nobodyCalled(mainTimeoutMs)), mainTimeoutMs);
  functions
    .startDispatcher(serviceTable(name, main))
    .then(({ result, lastError }) => reject(result === 0 ? notConnected(kernel32, name, lastError) : neverCalled()))
    .catch(reject)
    .finally(() => {
      process.off('exit', reportEnd);
      unregisterCallback(main);
      service?.disconnect();
    });
  return promise.finally(() => clearTimeout(timer));
}

/** From ServiceMain on. */
class ConnectedService implements ServiceProcess {
  readonly #status: StatusReporter;
  readonly #handler: bigint;
  readonly #toldToEnd = Promise.withResolvers<EndRequest>();
  readonly #disconnected = Promise.withResolvers<void>();

  /** Throws a PartFailure when the service control manager does not take its handler. */
  constructor(name: string, functions: ServiceFunctions, kernel32: Kernel32) {
    this.#handler = registerCallback(HANDLER_EX, (control) => this.#handle(control));
    const handle = functions.registerControlHandler(wideString(name), this.#handler, null);
    if (handle === 0) throw callFailure(kernel32, 'RegisterServiceCtrlHandlerExW', kernel32.getLastError());
    this.#status = new StatusReporter(functions, kernel32, handle);
  }

  /** Throws a PartFailure when the service control manager does not take it. */
  startPending(): void {
    this.#status.startPending();
  }

  get toldToEnd(): Promise<EndRequest> {
    return this.#toldToEnd.promise;
  }

  running(): void {
    if (this.#status.state === SERVICE_START_PENDING) this.#status.running();
  }

  async stopped(exitCode: number): Promise<void> {
    this.reportStopped(exitCode);
    const timer = setTimeout(this.#disconnected.resolve, DISCONNECT_TIMEOUT_MS);
    await this.#disconnected.promise;
    clearTimeout(timer);
  }

  reportStopped(exitCode: number): void {
    if (this.#status.state === SERVICE_STOPPED) return;
    try {
      this.#status.stopped(exitCode);
    } catch {
      // The end of the process says it too.
    }
  }

  /** The dispatcher has returned: nobody may call the handler any more. */
  disconnect(): void {
    unregisterCallback(this.#handler);
    this.#disconnected.resolve();
  }

  /** Windows waits for the answer, and all other services with it. */
  #handle(control: number): number {
    if (control === SERVICE_CONTROL_INTERROGATE) {
      if (this.#status.state !== SERVICE_STOPPED) this.#status.repeat();
      return NO_ERROR;
    }
    const request = END_REQUESTS.get(control);
    if (request === undefined) return ERROR_CALL_NOT_IMPLEMENTED;
    this.#end(request);
    return NO_ERROR;
  }

  #end(request: EndRequest): void {
    const { state } = this.#status;
    if (state === SERVICE_STOP_PENDING || state === SERVICE_STOPPED) return;
    try {
      this.#status.stopPending();
    } catch {
      // It ends all the same.
    }
    this.#toldToEnd.resolve(request);
  }
}

function notConnected(kernel32: Kernel32, name: string, code: number): PartFailure {
  const note =
    code === ERROR_FAILED_SERVICE_CONTROLLER_CONNECT ? `it is started as a service by: net start ${name}` : undefined;
  return callFailure(kernel32, 'StartServiceCtrlDispatcherW', code, note);
}

/** Of no consequence when ServiceMain has been called. */
function neverCalled(): PartFailure {
  return new PartFailure('unexpected', 'StartServiceCtrlDispatcherW has returned without a call of ServiceMain');
}

function nobodyCalled(timeoutMs: number): PartFailure {
  return new PartFailure(
    'timeout',
    `nobody has called ServiceMain within ${timeoutMs / 1000} s of StartServiceCtrlDispatcherW`,
  );
}
