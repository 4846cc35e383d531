// World: none.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAXIMUM_RETRY_AFTER_MS, parseRetryAfter } from '../../../src/outputs/otlp/retry-after.ts';

const NOW_MS = Date.parse('2026-01-02T03:04:05Z');

describe('Retry-After', () => {
  it.each([
    [undefined, undefined],
    ['', undefined],
    ['soon', undefined],
    ['0', 0],
    [' 90 ', 90_000],
    ['3601', MAXIMUM_RETRY_AFTER_MS],
    ['9'.repeat(400), MAXIMUM_RETRY_AFTER_MS],
    ['Fri, 02 Jan 2026 03:05:05 GMT', 60_000],
    ['Fri, 02 Jan 2026 03:00:00 GMT', 0],
    ['Sat, 02 Jan 2027 03:00:00 GMT', MAXIMUM_RETRY_AFTER_MS],
  ])('%s', (header, waitMs) => {
    expect(parseRetryAfter(header, NOW_MS)).toBe(waitMs);
  });

  it('is undefined or within its limits, whatever is written', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string(), fc.integer().map(String), fc.date({ noInvalidDate: true }).map(String)),
        (header) => {
          const waitMs = parseRetryAfter(header, NOW_MS) ?? 0;
          expect(waitMs).toBeGreaterThanOrEqual(0);
          expect(waitMs).toBeLessThanOrEqual(MAXIMUM_RETRY_AFTER_MS);
        },
      ),
    );
  });
});
