// World: none. The line over the latest collections.
import { expect, test } from 'vitest';
import { sparklinePath } from '../../src/live-view/sparkline.ts';

test.each([
  ['nothing', [], ''],
  ['one value is a dot', [7], 'M1 1h0.01'],
  ['from 0 to the largest', [0, 10, 5], 'M1 13L30 1L59 7'],
  ['nothing of all the time is at the bottom', [0, 0], 'M1 13L59 13'],
  ['the untold leaves a gap', [4, 4, null, 4, 4], 'M1 1L15.5 1M44.5 1L59 1'],
  ['what stands alone is a dot', [4, null, 4, null, 4], 'M1 1h0.01M30 1h0.01M59 1h0.01'],
  ['nothing told', [null, null], ''],
] as const)('%s', (_, values, path) => {
  expect(sparklinePath(values)).toBe(path);
});
