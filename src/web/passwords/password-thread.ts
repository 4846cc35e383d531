// The main thread's side of the password worker: starts it when it is needed, asks it, and starts it again if it dies.

import { Worker } from 'node:worker_threads';
import type { Comparison } from './compare.ts';

/** In megabytes. bcrypt works on 4 kB; the rest is Node's own. */
const RESOURCE_LIMITS = { maxYoungGenerationSizeMb: 1, maxOldGenerationSizeMb: 16 } as const;

export class PasswordThread {
  readonly #entry: URL;
  #worker: Worker | undefined;
  #comparing: PromiseWithResolvers<boolean> | undefined;

  constructor(entry: URL) {
    this.#entry = entry;
  }

  /**
   * Whether the bcrypt hash is that of the password. There must be no comparison under way. Starts the worker unless it
   * runs; rejects when it dies.
   */
  async compare(password: string, hash: string): Promise<boolean> {
    if (this.#comparing !== undefined) throw new Error('a comparison is under way');
    this.#worker ??= this.#start();
    const comparing = Promise.withResolvers<boolean>();
    this.#comparing = comparing;
    const comparison: Comparison = { password, hash };
    this.#worker.postMessage(comparison);
    return comparing.promise;
  }

  /** Ends the worker at once; a comparison under way is rejected. */
  async close(): Promise<void> {
    await this.#worker?.terminate();
  }

  #start(): Worker {
    const worker = new Worker(this.#entry, { name: 'passwords', resourceLimits: RESOURCE_LIMITS });
    worker.on('message', (matches: boolean) => this.#settle()?.resolve(matches));
    worker.on('error', (error: unknown) => this.#end(worker, error instanceof Error ? error.message : String(error)));
    worker.on('exit', (code) => this.#end(worker, `it ended with code ${code}`));
    // Who waits for an answer holds the process. After the listeners: adding one for messages undoes it.
    worker.unref();
    return worker;
  }

  #settle(): PromiseWithResolvers<boolean> | undefined {
    const comparing = this.#comparing;
    this.#comparing = undefined;
    return comparing;
  }

  #end(worker: Worker, reason: string): void {
    if (this.#worker !== worker) return;
    this.#worker = undefined;
    this.#settle()?.reject(
      new Error(`cannot compare a password: the worker failed (${reason}); the next comparison starts it anew`),
    );
  }
}
