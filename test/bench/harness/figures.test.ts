// World: fixtures.
import { describe, expect, it } from 'vitest';
import { MIN_RUNS, quantile, summarize } from './figures.ts';

const upTo = (count: number): number[] => Array.from({ length: count }, (_, i) => i + 1);

describe('a figure', () => {
  it('is the median with the spread, whatever the order of the runs', () => {
    const runs = upTo(101);
    const expected = { unit: 'ms', runs: 101, median: 51, spread: [11, 91], max: 101 };
    expect(summarize(runs, 'ms')).toEqual(expected);
    expect(summarize(runs.toReversed(), 'ms')).toEqual(expected);
  });

  it('sorts by number', () => {
    expect(summarize([...upTo(MIN_RUNS), 1_000], 'ms').max).toBe(1_000);
    expect(quantile([9, 10, 100], 0.5)).toBe(10);
  });

  it('is refused for too few runs', () => {
    expect(summarize(upTo(MIN_RUNS), 'MB').runs).toBe(MIN_RUNS);
    expect(() => summarize(upTo(MIN_RUNS - 1), 'MB')).toThrow(`${MIN_RUNS - 1} runs`);
  });
});
