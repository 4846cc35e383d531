// Given these results in this order, these are remembered.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { RecentResults } from '../../../src/web/passwords/recent-results.ts';

const MAXIMUM = 3;

/** What a key's result is: it has one for ever. */
function isRight(key: number): boolean {
  return key % 2 === 0;
}

test('the results that were used last are known, so many of each kind, and no others', () => {
  const steps = fc.array(fc.record({ key: fc.nat(11), isGet: fc.boolean() }), { maxLength: 60, size: 'max' });
  fc.assert(
    fc.property(steps, (all) => {
      const results = new RecentResults(MAXIMUM);
      const used: Record<'true' | 'false', number[]> = { true: [], false: [] };
      for (const { key, isGet } of all) {
        const kind = `${isRight(key)}` as const;
        const isKnown = used[kind].includes(key);
        if (isGet) expect(results.get(String(key))).toBe(isKnown ? isRight(key) : undefined);
        else results.set(String(key), isRight(key));
        if (!isGet || isKnown) used[kind] = [key, ...used[kind].filter((other) => other !== key)].slice(0, MAXIMUM);
      }
    }),
  );
});
