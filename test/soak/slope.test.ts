// World: none.
import { describe, expect, it } from 'vitest';
import { medianOf, slopeOf } from './slope.ts';

const line = (slope: number) => Array.from({ length: 9 }, (_, x) => ({ x: 100 * x, y: 7 + slope * 100 * x }));

describe('the slope', () => {
  it.each([0, 2, -0.5])('of a line is the line’s: %d', (slope) => {
    expect(slopeOf(line(slope))).toBe(slope);
  });

  it('is not turned by a few points that are far off', () => {
    const points = line(2).map((point, index) => (index === 2 || index === 8 ? { ...point, y: 1e9 } : point));
    expect(slopeOf(points)).toBe(2);
  });

  it('does not depend on the order of the points', () => {
    expect(slopeOf(line(3).toReversed())).toBe(3);
  });

  it('leaves out pairs at the same place', () => {
    expect(slopeOf([...line(2), { x: 0, y: 1e9 }])).toBe(2);
  });

  it.each([
    [[]],
    [[{ x: 1, y: 1 }]],
    [
      [
        { x: 1, y: 1 },
        { x: 1, y: 2 },
      ],
    ],
  ])('is not to be had from %j', (points) => {
    expect(() => slopeOf(points)).toThrow('no median of no values');
  });
});

describe('the median', () => {
  it('is the value in the middle', () => expect(medianOf([9, 1, 10])).toBe(9));
  it('is halfway between the two in the middle', () => expect(medianOf([10, 2, 1, 4])).toBe(3));
});
