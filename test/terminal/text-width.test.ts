import { describe, expect, it } from 'vitest';
import { cutAddress, cutEnd, TextWidths } from '../../src/terminal/text-width.ts';

describe('a text that is cut', () => {
  it.each([
    ['stays whole where it fits', 'nginx', 5, 'nginx'],
    ['ends in an ellipsis', 'nginx', 4, 'ngi…'],
    ['is nothing but the ellipsis in one column', 'nginx', 1, '…'],
    ['is nothing in none', 'nginx', 0, ''],
    ['has one column less where a wide character does not fit', '数据库', 4, '数…'],
    ['keeps a letter and its marks together', 'ne\u0301e\u0301e', 3, 'ne\u0301…'],
    ['keeps a sequence of emojis together', '👩‍👩‍👧x👩‍👩‍👧', 4, '👩‍👩‍👧x…'],
  ])('%s', (_what, text, width, shown) => {
    expect(cutEnd(text, width)).toBe(shown);
  });
});

describe('a name in a column', () => {
  it('has blanks behind it, as many as its columns leave', () => {
    const widths = new TextWidths();
    expect([widths.of('数据库'), widths.fit('数据库', 8), widths.fit('数据库', 4)]).toEqual([6, '数据库  ', '数… ']);
    expect(widths.fit('数据库', 8)).toBe('数据库  ');
  });
});

describe('an address that is cut', () => {
  it.each([
    [':443', '[2001:db8::1]:443', 17, '[2001:db8::1]:443'],
    [':443', '[2001:db8::1]:443', 16, '[2001:db8::…:443'],
    [':443', '[2001:db8::1]:443', 6, '[…:443'],
    ['nothing: there is no room', '[2001:db8::1]:443', 5, '[200…'],
  ])('keeps %s', (_what, text, width, shown) => {
    expect(cutAddress(text, width)).toBe(shown);
  });
});
