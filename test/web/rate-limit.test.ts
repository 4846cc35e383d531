// Given this limit and requests at these times, these pass.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { rateLimit, TokenBucket } from '../../src/web/rate-limit.ts';
import type { RateLimit } from '../../src/web/security.ts';
import recorded from './rate-limit-traces.json' with { type: 'json' };
import { ask } from './running-server.ts';
import { page, startApp } from './small-app.ts';

const HOUR_MS = 3_600_000;

describe('a token bucket', () => {
  test.each(recorded.traces)(
    'of $burst, one each $intervalMs ms, lets pass what Go does',
    ({ atMs, allowed, ...limit }) => {
      const bucket = new TokenBucket(limit);
      expect(atMs.map((nowMs) => (bucket.take(nowMs) === 0 ? '1' : '0')).join('')).toBe(allowed);
    },
  );

  /** Counts in parts of a token, of which the bucket gains one each millisecond, so that nothing is rounded. */
  test('lets pass what a count without fractions does, and says when the next one may', () => {
    const limits = fc.record({ intervalMs: fc.integer({ min: 1, max: 5_000 }), burst: fc.nat(10) });
    const pauses = fc.array(fc.nat(6_000), { maxLength: 50, size: 'max' });
    fc.assert(
      fc.property(limits, pauses, (limit, pausesMs) => {
        const bucket = new TokenBucket(limit);
        const full = limit.burst * limit.intervalMs;
        let parts = full;
        let nowMs = 1_000_000;
        for (const pauseMs of pausesMs) {
          nowMs += pauseMs;
          parts = Math.min(full, parts + pauseMs);
          const missing = Math.max(0, limit.intervalMs - parts);
          expect(bucket.take(nowMs)).toBeCloseTo(missing, 3);
          if (missing === 0) parts -= limit.intervalMs;
        }
      }),
    );
  });

  test('lets a whole burst pass at any time of day', () => {
    const times = fc.double({ min: 0, max: 1e11, noNaN: true });
    const intervals = fc.double({ min: 0.001, max: 1e6, noNaN: true });
    fc.assert(
      fc.property(times, intervals, (nowMs, intervalMs) => {
        const bucket = new TokenBucket({ intervalMs, burst: 5 });
        const waits = Array.from({ length: 6 }, () => bucket.take(nowMs));
        expect(waits.slice(0, 5)).toEqual([0, 0, 0, 0, 0]);
        expect(waits[5]).toBeCloseTo(intervalMs, 6);
      }),
    );
  });
});

describe('the rate limit', () => {
  async function start(limit: () => RateLimit | undefined, nowMs?: () => number): Promise<() => Promise<number>> {
    const port = await startApp(rateLimit(limit, nowMs), page);
    return async () => (await ask(port, '/')).status;
  }

  test('refuses in a line, and says when to come again, in seconds', async () => {
    const port = await startApp(
      rateLimit(
        () => ({ intervalMs: 1_500, burst: 1 }),
        () => 0,
      ),
      page,
    );
    expect((await ask(port, '/')).text).toBe('the page');
    const refused = await ask(port, '/');
    expect(refused.status).toBe(429);
    expect(refused.headers['retry-after']).toBe('2');
    expect(refused.text).toBe('too many requests, by rate_limit of the web configuration; try again later\n');
  });

  test('lets pass again as time passes', async () => {
    let nowMs = 0;
    const status = await start(
      () => ({ intervalMs: 1_000, burst: 1 }),
      () => nowMs,
    );
    expect([await status(), await status()]).toEqual([200, 429]);
    nowMs = 999;
    expect(await status()).toBe(429);
    nowMs = 1_000;
    expect([await status(), await status()]).toEqual([200, 429]);
  });

  test('goes by the clock of the process', async () => {
    const status = await start(() => ({ intervalMs: HOUR_MS, burst: 2 }));
    expect([await status(), await status(), await status()]).toEqual([200, 200, 429]);
    const fast = await start(() => ({ intervalMs: 0.001, burst: 1 }));
    expect([await fast(), await fast(), await fast()]).toEqual([200, 200, 200]);
  });

  test('is one for all requests', async () => {
    const port = await startApp(
      rateLimit(() => ({ intervalMs: HOUR_MS, burst: 2 })),
      page,
    );
    const answers = [await ask(port, '/a'), await ask(port, '/b', {}, 'HEAD'), await ask(port, '/c')];
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 429]);
  });

  test('does not begin anew with a configuration that says the same', async () => {
    const status = await start(() => ({ intervalMs: HOUR_MS, burst: 1 }));
    expect([await status(), await status()]).toEqual([200, 429]);
  });

  test('begins anew with another one, and ends with none', async () => {
    let limit: RateLimit | undefined;
    const status = await start(() => limit);
    expect([await status(), await status()]).toEqual([200, 200]);
    for (const changed of [
      { intervalMs: HOUR_MS, burst: 1 },
      { intervalMs: 2 * HOUR_MS, burst: 1 },
    ]) {
      limit = changed;
      expect([await status(), await status()]).toEqual([200, 429]);
    }
    limit = { intervalMs: 2 * HOUR_MS, burst: 2 };
    expect([await status(), await status(), await status()]).toEqual([200, 200, 429]);
    limit = undefined;
    expect(await status()).toBe(200);
    limit = { intervalMs: HOUR_MS, burst: 0 };
    expect(await status()).toBe(429);
  });
});
