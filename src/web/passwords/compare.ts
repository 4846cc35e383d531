// The password worker's side: compares a password with a bcrypt hash, each time it is asked.

import type { MessagePort } from 'node:worker_threads';
import { compareSync } from 'bcryptjs';

/** What the worker is asked; it answers with a boolean. */
export interface Comparison {
  readonly password: string;
  readonly hash: string;
}

/**
 * Answers on `port` for as long as the worker runs. What is no bcrypt hash throws and ends the worker. As in Go, the
 * first 72 bytes of a password count, and the hashes of `$2a$`, `$2b$` and `$2y$` are alike.
 */
export function serveComparisons(port: MessagePort): void {
  port.on('message', ({ password, hash }: Comparison) => port.postMessage(compareSync(password, hash)));
}
