// The main thread's side of the collection worker: starts it, asks it, and starts it again if it ends by itself.

import { Worker } from 'node:worker_threads';
import type { Samples } from '../metrics/samples.ts';
import type { KnownCollections, Look, Question } from '../views/looking/question.ts';
import type { OpenedSource, Reply, Request } from './protocol.ts';
import { RestartPause } from './restart-pause.ts';

/**
 * The worker's tables live outside of the heap, and the rest is short-lived: the default young generation only grows to
 * 11 MB more. What no host needs ends the worker alone, which is started again, and not the exporter: the units of systemd
 * give that 512 MB.
 */
export const RESOURCE_LIMITS = { maxYoungGenerationSizeMb: 3, maxOldGenerationSizeMb: 256 } as const;

/**
 * More than the server answers at a time (see MAX_LOOKS and MAX_FILES there), or a file would break off. Those that nobody
 * waits for any more are included: the worker may hang.
 */
const MAX_WAITING_LOOKS = 64;

interface Pending<T> {
  readonly promise: Promise<T>;
  readonly resolve: (value: T) => void;
  readonly reject: (reason: Error) => void;
}

export class CollectionThread {
  readonly #entry: URL;
  readonly #data: object;
  readonly #onRestart: (reason: Error) => void;
  readonly #pause = new RestartPause();
  #worker: Worker | undefined;
  /** Why the worker before ended; undefined while there was none. */
  #endReason: Error | undefined;
  #opened: Pending<OpenedSource> | undefined;
  #collecting: Pending<Samples> | undefined;
  /** By number. */
  readonly #looks = new Map<number, Pending<Look>>();
  #lastLook = 0;

  /** `onRestart` is told each time that a worker takes the place of one that ended, and why that did. */
  constructor(entry: URL, data: object, onRestart: (reason: Error) => void = () => {}) {
    this.#entry = entry;
    this.#data = data;
    this.#onRestart = onRestart;
  }

  /** Starts the worker unless it runs, and tells of its source. Rejects with the reason when its source cannot be opened. */
  open(): Promise<OpenedSource> {
    if (this.#opened !== undefined) return this.#opened.promise;
    if (this.#endReason !== undefined) this.#onRestart(this.#endReason);
    const opened = Promise.withResolvers<OpenedSource>();
    // A failure is told to whoever waits for the collection; nobody need wait for the opening itself.
    opened.promise.catch(() => {});
    this.#opened = opened;
    const worker = new Worker(this.#entry, {
      workerData: this.#data,
      name: 'collection',
      resourceLimits: RESOURCE_LIMITS,
    });
    this.#worker = worker;
    worker.on('message', (message: Reply) => this.#receive(message));
    worker.on('error', (error: unknown) =>
      this.#end(worker, error instanceof Error ? error : new Error(String(error))),
    );
    worker.on('exit', (code) => this.#end(worker, new Error(`the collection worker ended with code ${code}`)));
    return opened.promise;
  }

  /**
   * One collection. There must be none under way. Rejects when the worker fails or ends. One that has ended is started
   * again, after a pause, in which this rejects with the reason of the end.
   */
  async collect(): Promise<Samples> {
    if (this.#collecting !== undefined) throw new Error('a collection is under way');
    if (this.#endReason !== undefined && this.#pause.leftMs() > 0) throw this.#endReason;
    const collecting = Promise.withResolvers<Samples>();
    this.#collecting = collecting;
    // Rejected, too, when the worker dies before it is open.
    this.open().then(
      () => this.#send({ kind: 'collect' }),
      () => {},
    );
    return collecting.promise;
  }

  /**
   * What somebody sees who looks at the collections. It waits until a collection under way has returned, for ever if that
   * hangs. Rejects when the worker fails or dies.
   */
  async look(question: Question, known: KnownCollections): Promise<Look> {
    if (this.#worker === undefined) return { state: 'pending' };
    if (this.#looks.size >= MAX_WAITING_LOOKS) return { state: 'busy' };
    const number = ++this.#lastLook;
    const look = Promise.withResolvers<Look>();
    this.#looks.set(number, look);
    this.#send({ kind: 'look', number, question, known });
    return look.promise;
  }

  /** Lets the worker close its source. False if it had not ended after `timeoutMs`: a call that hangs is not waited for. */
  async close(timeoutMs: number): Promise<boolean> {
    const worker = this.#worker;
    if (worker === undefined) return true;
    const ended = Promise.withResolvers<boolean>();
    worker.once('exit', () => ended.resolve(true));
    const timer = setTimeout(() => ended.resolve(false), timeoutMs);
    this.#send({ kind: 'close' });
    const hasEnded = await ended.promise;
    clearTimeout(timer);
    return hasEnded;
  }

  #send(request: Request): void {
    this.#worker?.postMessage(request);
  }

  #receive(message: Reply): void {
    switch (message.kind) {
      case 'opened':
        this.#opened?.resolve(message.source);
        break;
      case 'collected':
        this.#pause.workerCollected();
        this.#takeCollecting()?.resolve(message.samples);
        break;
      case 'failed':
        this.#takeCollecting()?.reject(new Error(message.message));
        break;
      case 'looked':
        this.#takeLook(message.number)?.resolve(message.look);
        break;
      case 'look_failed':
        this.#takeLook(message.number)?.reject(new Error(message.message));
    }
  }

  #takeCollecting(): Pending<Samples> | undefined {
    const collecting = this.#collecting;
    this.#collecting = undefined;
    return collecting;
  }

  #takeLook(number: number): Pending<Look> | undefined {
    const look = this.#looks.get(number);
    this.#looks.delete(number);
    return look;
  }

  #end(worker: Worker, reason: Error): void {
    if (this.#worker !== worker) return;
    this.#endReason = reason;
    this.#pause.workerEnded();
    const pending = [this.#opened, this.#collecting, ...this.#looks.values()];
    this.#worker = undefined;
    this.#opened = undefined;
    this.#collecting = undefined;
    this.#looks.clear();
    for (const answer of pending) answer?.reject(reason);
  }
}
