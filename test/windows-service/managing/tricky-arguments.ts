// Arguments that are hard to quote, for property tests.

import fc from 'fast-check';

const CHARACTERS = [
  '"',
  '\\',
  ' ',
  '\t',
  'a',
  '=',
  '%',
  '^',
  '\u{3042}',
  'ü',
  '\u{1f600}',
  '\v',
  '\u{a0}',
  "'",
  '*',
  '&',
];
const SPECIAL = fc.string({ unit: fc.constantFrom(...CHARACTERS), maxLength: 12 });
const ANY = fc.string({ unit: 'grapheme', maxLength: 12 }).filter((text) => !/[\0\r\n]/.test(text));

/** Up to eight, with quotation marks, backslashes, spaces and tabs in every order, empty ones, and any other character. */
export function trickyArguments(): fc.Arbitrary<string[]> {
  return fc.array(fc.oneof(SPECIAL, ANY), { maxLength: 8 });
}
