// World: none.
import { describe, expect, it } from 'vitest';
import { fitText, textWidth } from '../../../scripts/pictures/text-width.ts';

describe('the room that a text takes', () => {
  it('grows with its letters, their widths and their size', () => {
    expect(textWidth('ill', 10)).toBeLessThan(textWidth('MMM', 10));
    expect(textWidth('abc', 20)).toBeCloseTo(2 * textWidth('abc', 10));
    expect(textWidth('名', 10)).toBe(10);
  });

  it('decides how much of a text is shown', () => {
    const name = 'w3wp.exe[DefaultAppPool]';
    expect(fitText(name, 12, textWidth(name, 12))).toBe(name);
    const shortened = fitText(name, 12, 80);
    expect(shortened).toMatch(/^w3wp\.exe.*…$/);
    expect(textWidth(shortened, 12)).toBeLessThanOrEqual(80);
  });
});
