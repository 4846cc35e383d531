// What the log says of pushes: each change once, not each push.

import type { Logger } from 'pino';
import type { Outcome } from './outcome.ts';

/** To be told of each outcome. `url`: where pushes go. */
export function reportPushes(logger: Logger, url: string): (outcome: Outcome) => void {
  const log = new PushLog(logger, loggedUrl(url));
  return (outcome) => log.report(outcome);
}

/** Without its query: some collectors take a key there. */
export function loggedUrl(url: string): string {
  const { origin, pathname } = new URL(url);
  return origin + pathname;
}

class PushLog {
  readonly #logger: Logger;
  readonly #url: string;
  /** Since when exports have failed, and how many; undefined while they succeed. */
  #trouble: { readonly sinceMs: number; failed: number } | undefined;
  /** Points have been rejected, and no export has succeeded as a whole since. */
  #hasRejections = false;

  constructor(logger: Logger, url: string) {
    this.#logger = logger;
    this.#url = url;
  }

  report(outcome: Outcome): void {
    if (outcome.result === 'failure') {
      this.#reportFailure(outcome.reason);
      return;
    }
    this.#reportRecovery();
    if (outcome.result === 'partial_success') this.#reportRejection(outcome.rejectedPoints, outcome.message);
    else {
      this.#hasRejections = false;
      if (outcome.warning !== undefined) this.#logger.debug({ url: this.#url, message: outcome.warning }, 'pushed');
    }
  }

  #reportFailure(reason: string): void {
    const level = this.#trouble === undefined ? 'warn' : 'debug';
    this.#trouble ??= { sinceMs: performance.now(), failed: 0 };
    this.#trouble.failed += 1;
    this.#logger[level]({ url: this.#url, reason }, 'a push failed; the next one follows at the next interval');
  }

  #reportRecovery(): void {
    if (this.#trouble === undefined) return;
    const { sinceMs, failed } = this.#trouble;
    this.#trouble = undefined;
    const seconds = Math.round((performance.now() - sinceMs) / 1000);
    this.#logger.info({ url: this.#url, failed, seconds }, 'pushes succeed again');
  }

  #reportRejection(rejectedPoints: number, message: string): void {
    const level = this.#hasRejections ? 'debug' : 'warn';
    this.#hasRejections = true;
    this.#logger[level]({ url: this.#url, rejectedPoints, message }, 'the collector rejected some of the points');
  }
}
