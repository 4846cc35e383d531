// World: none.
import { expect, test } from 'vitest';
import { contrast } from './contrast.ts';

test('contrast is what WCAG says it is', () => {
  expect(contrast('#000000', '#ffffff')).toBe(21);
  expect(contrast('#ffffff', '#777777')).toBeCloseTo(4.478, 3);
});
