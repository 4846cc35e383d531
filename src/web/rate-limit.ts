// A limit on the rate of requests: a token bucket, as golang.org/x/time/rate has it.

import type { RequestHandler } from 'express';
import { sendLine } from './responses.ts';
import type { RateLimit } from './security.ts';

/** What rounding may take from a token; Go forgives less than a nanosecond. */
const ROUNDING = 1e-9;

/** Begins full with `burst` tokens and gains one each interval, by fractions, up to `burst`: with 0 it never has one. */
export class TokenBucket {
  readonly #limit: RateLimit;
  #tokens: number;
  #countedAtMs = 0;

  constructor(limit: RateLimit) {
    this.#limit = limit;
    this.#tokens = limit.burst;
  }

  isOf({ intervalMs, burst }: RateLimit): boolean {
    return intervalMs === this.#limit.intervalMs && burst === this.#limit.burst;
  }

  /** Takes a token and returns 0, or returns in how many milliseconds there will be one. `nowMs` never goes back. */
  take(nowMs: number): number {
    const { intervalMs, burst } = this.#limit;
    const tokens = Math.min(burst, this.#tokens + (nowMs - this.#countedAtMs) / intervalMs);
    if (tokens < 1 - ROUNDING) return (1 - tokens) * intervalMs;
    this.#tokens = tokens - 1;
    this.#countedAtMs = nowMs;
    return 0;
  }
}

/** All requests together. Beyond the limit 429; the bucket is kept for as long as the limit stays the same. */
export function rateLimit(
  limit: () => RateLimit | undefined,
  nowMs: () => number = () => performance.now(),
): RequestHandler {
  let bucket: TokenBucket | undefined;
  return (_request, response, next) => {
    const current = limit();
    if (current === undefined) bucket = undefined;
    else if (bucket?.isOf(current) !== true) bucket = new TokenBucket(current);
    const waitMs = bucket?.take(nowMs()) ?? 0;
    if (waitMs === 0) {
      next();
      return;
    }
    response.set('Retry-After', String(Math.ceil(waitMs / 1000)));
    sendLine(response, 429, 'too many requests, by rate_limit of the web configuration; try again later');
  };
}
