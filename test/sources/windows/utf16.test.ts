// World: none. Text as Windows has it.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeUtf16, wideString } from '../../../src/sources/windows/utf16.ts';

test('a text for Windows has all its units, those too that make up one character together, and a zero', () => {
  expect([...wideString('aé😀')]).toEqual([0x61, 0xe9, 0xd83d, 0xde00, 0]);
  expect([...wideString('')]).toEqual([0]);
});

test('any text comes back from Windows as it went there', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(decodeUtf16(wideString(text))).toBe(`${text}\0`);
    }),
  );
});
