// World: fixtures.
import { describe, expect, it } from 'vitest';
import { rankDeviation } from './rank-test.ts';

describe('the deviation of ranks', () => {
  it('is nothing where two series are the same', () => {
    expect(rankDeviation([1, 2, 3], [1, 2, 3])).toBe(0);
  });

  it('is of all pairs, off the half of them, by what chance does to their sum', () => {
    // 4 of 4 pairs; chance gives 2, give or take the root of 4 × 5 / 12.
    expect(rankDeviation([3, 4], [1, 2])).toBeCloseTo(2 / Math.sqrt(20 / 12));
    // 7 of 12 pairs, of which two are equal and count half.
    expect(rankDeviation([1, 3, 5, 7], [2, 3, 5])).toBeCloseTo((7 - 6) / Math.sqrt((12 * 8) / 12));
  });

  it('is negative where the first ones are smaller', () => {
    expect(rankDeviation([1, 2], [3, 4])).toBe(-rankDeviation([3, 4], [1, 2]));
  });

  it('goes by the order alone', () => {
    expect(rankDeviation([30, 1_000], [1, 2])).toBe(rankDeviation([3, 4], [1, 2]));
  });
});
