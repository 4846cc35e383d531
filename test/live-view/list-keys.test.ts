// World: none. Keys that move the selection.
import { expect, test } from 'vitest';
import { keyTarget, type ListExtent } from '../../src/live-view/list-keys.ts';

const LIST: ListExtent = { total: 100, pageRows: 20, firstVisible: 40 };

test.each([
  ['ArrowDown', 50, 51],
  ['ArrowUp', 50, 49],
  ['PageDown', 50, 70],
  ['PageUp', 50, 30],
  ['Home', 50, 0],
  ['End', 50, 99],
  ['ArrowUp', 0, 0],
  ['ArrowDown', 99, 99],
  ['PageDown', 95, 99],
  ['PageUp', 5, 0],
  // The list has become shorter than where the selection was.
  ['ArrowUp', 500, 99],
  // Nothing is selected: what is in view comes first.
  ['ArrowDown', undefined, 40],
  ['ArrowUp', undefined, 40],
  ['PageDown', undefined, 60],
] as const)('%s at %s goes to %s', (key, position, target) => {
  expect(keyTarget(key, position, LIST)).toBe(target);
});

test('other keys, and an empty list, select nothing', () => {
  expect(keyTarget('a', 50, LIST)).toBeUndefined();
  expect(keyTarget('End', 0, { ...LIST, total: 0 })).toBeUndefined();
});
