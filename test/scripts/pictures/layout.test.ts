// World: none.
import { describe, expect, it } from 'vitest';
import { boxOf } from '../../../scripts/pictures/layout.ts';

describe('a place in the grid', () => {
  it('is that many of 24 columns, and of rows of 30 pixels with gaps of 8', () => {
    expect(boxOf({ x: 0, y: 0, w: 24, h: 1 })).toEqual({ x: 16, y: 0, widthPixels: 1_248, heightPixels: 30 });
    expect(boxOf({ x: 12, y: 6, w: 12, h: 8 })).toEqual({ x: 644, y: 228, widthPixels: 620, heightPixels: 296 });
  });
});
