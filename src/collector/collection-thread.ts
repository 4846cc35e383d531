// The main thread's side of the collection worker: starts it, asks it, and starts it again if it dies.

import { Worker } from 'node:worker_threads';
import type { Samples } from '../metrics/samples.ts';
import type { OpenedSource, Reply, Request } from './protocol.ts';

/** The worker's tables live outside of the heap, and the rest is short-lived: the default young generation only grows to 11 MB more. */
export const RESOURCE_LIMITS = { maxYoungGenerationSizeMb: 3 } as const;

interface Pending<T> {
  readonly promise: Promise<T>;
  readonly resolve: (value: T) => void;
  readonly reject: (reason: Error) => void;
}

export class CollectionThread {
  readonly #entry: URL;
  readonly #data: object;
  #worker: Worker | undefined;
  #opened: Pending<OpenedSource> | undefined;
  #collecting: Pending<Samples> | undefined;

  constructor(entry: URL, data: object) {
    this.#entry = entry;
    this.#data = data;
  }

  /** Starts the worker unless it runs, and tells of its source. Rejects with the reason when its source cannot be opened. */
  open(): Promise<OpenedSource> {
    if (this.#opened !== undefined) return this.#opened.promise;
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

  /** One collection. There must be none under way. Rejects when the worker fails or dies; a dead one is started again. */
  async collect(): Promise<Samples> {
    if (this.#collecting !== undefined) throw new Error('a collection is under way');
    const collecting = Promise.withResolvers<Samples>();
    this.#collecting = collecting;
    // Rejected, too, when the worker dies before it is open.
    this.open().then(
      () => this.#send({ kind: 'collect' }),
      () => {},
    );
    return collecting.promise;
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
    if (message.kind === 'opened') {
      this.#opened?.resolve(message.source);
      return;
    }
    const collecting = this.#collecting;
    this.#collecting = undefined;
    if (message.kind === 'collected') collecting?.resolve(message.samples);
    else collecting?.reject(new Error(message.message));
  }

  #end(worker: Worker, reason: Error): void {
    if (this.#worker !== worker) return;
    const { opened, collecting } = { opened: this.#opened, collecting: this.#collecting };
    this.#worker = undefined;
    this.#opened = undefined;
    this.#collecting = undefined;
    opened?.reject(reason);
    collecting?.reject(reason);
  }
}
