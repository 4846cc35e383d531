import fc from 'fast-check';
import { expect, it } from 'vitest';
import { BestOf } from '../../../src/metrics/groups/best-of.ts';

it('the best few of many are the first ones of all, sorted', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.integer()), fc.integer({ min: 0, max: 12 }), (candidates, limit) => {
      const best = new BestOf(limit, (one, other) => one > other);
      for (const candidate of candidates) best.offer(candidate);
      const sorted = candidates.toSorted((one, other) => other - one);
      expect([...best.members].sort((one, other) => other - one)).toEqual(sorted.slice(0, limit));
    }),
  );
});
