// What the service control manager knows of a service: its state, told with each change, and again on request.

import type { Kernel32 } from '../../sources/windows/bindings.ts';
import { callFailure } from '../../sources/windows/call-failure.ts';
import { NO_ERROR } from '../../sources/windows/codes.ts';
import { inWords } from '../../sources/windows/layouts.ts';
import {
  ERROR_SERVICE_SPECIFIC_ERROR,
  SERVICE_ACCEPT_SHUTDOWN,
  SERVICE_ACCEPT_STOP,
  SERVICE_RUNNING,
  SERVICE_START_PENDING,
  SERVICE_STOP_PENDING,
  SERVICE_STOPPED,
  SERVICE_WIN32_OWN_PROCESS,
} from '../codes.ts';
import { SERVICE_LAYOUTS } from '../layouts.ts';
import type { ServiceFunctions } from './bindings.ts';

/** The start is taken for hung when nothing has been said for so long. */
const START_WAIT_HINT_MS = 10_000;
/** In time before that, with room for a busy loop. */
const START_REPORT_INTERVAL_MS = 3_000;
/** 30 s, as long as those wait who start the service (managing/start.ts): a start that takes longer hangs, and may be taken for that. */
const MAX_START_REPORTS = 10;
/** The end takes three seconds at the most. */
const STOP_WAIT_HINT_MS = 5_000;

const STATUS = inWords(SERVICE_LAYOUTS.SERVICE_STATUS);

/** Starts in SERVICE_START_PENDING, of which nothing has been told yet. */
export class StatusReporter {
  readonly #functions: ServiceFunctions;
  readonly #kernel32: Kernel32;
  readonly #handle: number;
  /** A SERVICE_STATUS. */
  readonly #status = new Uint32Array(STATUS.size);
  #startTimer: NodeJS.Timeout | undefined;

  /** `handle` is that of RegisterServiceCtrlHandlerExW. */
  constructor(functions: ServiceFunctions, kernel32: Kernel32, handle: number) {
    this.#functions = functions;
    this.#kernel32 = kernel32;
    this.#handle = handle;
    this.#set('dwServiceType', SERVICE_WIN32_OWN_PROCESS);
    this.#set('dwCurrentState', SERVICE_START_PENDING);
  }

  /** What was reported last, or tried. */
  get state(): number {
    return this.#status[STATUS.fields.dwCurrentState] ?? 0;
  }

  /**
   * Tells that the service starts, and that it still does so from time to time. It accepts no control meanwhile: "Do not
   * register to accept controls while the status is SERVICE_START_PENDING or the service can crash" (SetServiceStatus function).
   */
  startPending(): void {
    this.#change({ state: SERVICE_START_PENDING, waitHintMs: START_WAIT_HINT_MS });
    let reports = 0;
    this.#startTimer = setInterval(() => {
      reports++;
      if (reports >= MAX_START_REPORTS) clearInterval(this.#startTimer);
      this.#set('dwCheckPoint', reports);
      this.repeat();
    }, START_REPORT_INTERVAL_MS);
    this.#startTimer.unref();
  }

  running(): void {
    this.#change({ state: SERVICE_RUNNING, accepted: SERVICE_ACCEPT_STOP | SERVICE_ACCEPT_SHUTDOWN });
  }

  stopPending(): void {
    this.#change({ state: SERVICE_STOP_PENDING, waitHintMs: STOP_WAIT_HINT_MS });
  }

  /** The last that may be told: after it, the manager knows the handle no more. */
  stopped(exitCode: number): void {
    this.#change({ state: SERVICE_STOPPED, exitCode });
  }

  /** Tells what was told last. The manager goes on without that: its failure is of no consequence. */
  repeat(): void {
    this.#functions.setServiceStatus(this.#handle, this.#status);
  }

  /** Throws a PartFailure when the manager did not take it. */
  #change({ state = 0, accepted = 0, exitCode = 0, waitHintMs = 0 }): void {
    clearInterval(this.#startTimer);
    this.#set('dwCurrentState', state);
    this.#set('dwControlsAccepted', accepted);
    this.#set('dwWin32ExitCode', exitCode === 0 ? NO_ERROR : ERROR_SERVICE_SPECIFIC_ERROR);
    this.#set('dwServiceSpecificExitCode', exitCode);
    this.#set('dwCheckPoint', 0);
    this.#set('dwWaitHint', waitHintMs);
    if (this.#functions.setServiceStatus(this.#handle, this.#status) !== 0) return;
    throw callFailure(this.#kernel32, 'SetServiceStatus', this.#kernel32.getLastError());
  }

  #set(field: keyof typeof STATUS.fields, value: number): void {
    this.#status[STATUS.fields[field]] = value;
  }
}
