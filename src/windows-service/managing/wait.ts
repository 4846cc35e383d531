// Waiting for what only looking tells.

import { setTimeout as sleep } from 'node:timers/promises';
import { PartFailure } from '../../sources/parts.ts';

/** How long to wait, and how often to look. */
export interface Patience {
  readonly limitMs: number;
  readonly pollMs: number;
}

/** What `look` gives as soon as that is not undefined; undefined when there was nothing within the limit. Looks at least once. */
export async function until<T>(look: () => T | undefined, { limitMs, pollMs }: Patience): Promise<T | undefined> {
  const deadlineMs = performance.now() + limitMs;
  for (;;) {
    const isLast = performance.now() >= deadlineMs;
    const found = look();
    if (found !== undefined || isLast) return found;
    await sleep(pollMs);
  }
}

/** `the service netstat-exporter does not run after 30 s`. */
export function tookTooLong(what: string, { limitMs }: Patience): PartFailure {
  return new PartFailure('timeout', `${what} after ${limitMs / 1000} s`);
}
