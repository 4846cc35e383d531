// A thread that asks WMI once, as seen by the thread that wants the answer.

import { MessageChannel, type MessagePort, receiveMessageOnPort, Worker } from 'node:worker_threads';
import type { ComLibraries } from '../com/com-library.ts';
import type { WmiAnswer, WmiRequest } from './request.ts';

/** Some hundred objects are made, once. */
const RESOURCE_LIMITS = { maxYoungGenerationSizeMb: 1, maxOldGenerationSizeMb: 32 } as const;

/**
 * One question to WMI. Its calls can take seconds, or never return, so they have a thread of their own. It ends with its
 * answer: a thread holds some 9 MB, and what is set free is used by the next one, or by others during the hour until then.
 */
export class WmiThread {
  readonly #worker: Worker;
  readonly #port: MessagePort;
  readonly #answered = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  #death: string | undefined;

  /** Starts the thread and asks. `entry` is a module that hands its `workerData` to `answerRequest`. Throws when there can be no thread. */
  constructor(entry: URL, libraries: ComLibraries) {
    const { port1, port2 } = new MessageChannel();
    const request: WmiRequest = { libraries, port: port2, answered: this.#answered };
    this.#port = port1;
    this.#worker = new Worker(entry, {
      workerData: request,
      transferList: [port2],
      name: 'wmi',
      resourceLimits: RESOURCE_LIMITS,
    });
    // Nobody hears these while the caller's thread is busy; an answer is found without them.
    this.#worker.on('error', (error) => this.#die(error instanceof Error ? error.message : String(error)));
    this.#worker.on('exit', (code) => this.#die(`it ended with code ${code}`));
    this.#worker.unref();
  }

  /** Blocks until the answer is there, or `timeoutMs` have passed. */
  wait(timeoutMs: number): void {
    Atomics.wait(this.#answered, 0, 0, timeoutMs);
  }

  /** The answer, or that there will be none; the thread is done with then. Undefined: not yet. */
  take(): WmiAnswer | undefined {
    const received = receiveMessageOnPort(this.#port);
    if (received === undefined && this.#death === undefined) return undefined;
    this.#port.close();
    if (received !== undefined) return received.message as WmiAnswer;
    return { error: { code: 'worker', message: `the WMI worker failed: ${this.#death}` } };
  }

  /** Ends the thread, if it can be ended. A call that hangs cannot; it is not waited for. */
  close(): void {
    this.#port.close();
    void this.#worker.terminate();
  }

  #die(reason: string): void {
    this.#death ??= reason;
  }
}
