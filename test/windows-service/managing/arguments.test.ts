// World: none. Reading command lines back; test/on-windows/command-line-reading.test.ts asks the C runtime itself.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { programArguments } from '../../../src/windows-service/managing/arguments.ts';
import { commandLine } from '../../../src/windows-service/managing/command-line.ts';
import { trickyArguments } from './tricky-arguments.ts';

describe('the arguments in a command line', () => {
  test.each([
    // As packages write them: quoted in the middle, with blanks in a row and at the end.
    [
      String.raw`"C:\A B\x.exe" --service  --config.file="C:\P D\c.yaml" `,
      ['--service', '--config.file=C:\\P D\\c.yaml'],
    ],
    // As Wine's installer writes a path with blanks.
    [String.raw`C:\A B\x.exe --service`, ['--service']],
    [String.raw`C:\x.exe`, []],
    ['', []],
    ['   ', []],
    ['x  \t a\tb ', ['a', 'b']],
    ['x "" b ""', ['', 'b', '']],
    ['x "a b"c" d"', ['a bc d']],
    // The ways of quotation marks and backslashes in "Parsing C command-line arguments".
    ['x "a b c" d e', ['a b c', 'd', 'e']],
    [String.raw`x "ab\"c" "\\" d`, ['ab"c', '\\', 'd']],
    [String.raw`x a\\\b d"e f"g h`, [String.raw`a\\\b`, 'de fg', 'h']],
    [String.raw`x a\\\"b c d`, [String.raw`a\"b`, 'c', 'd']],
    [String.raw`x a\\\\"b c" d e`, [String.raw`a\\b c`, 'd', 'e']],
    ['x a"b"" c d', ['ab" c d']],
    // Two quotation marks in a quoted text are one, and the text goes on; outside of one they are nothing.
    ['x "a""b c" d', ['a"b c', 'd']],
    ['x a""b', ['ab']],
    ['x """', ['"']],
    ['x """"', ['"']],
    [String.raw`x "\\""a"`, [String.raw`\"a`]],
    // What has no end ends with the line; a folder's last backslash makes the quotation mark behind it part of the text.
    ['x "a b', ['a b']],
    [String.raw`x "C:\A B\" --other`, [String.raw`C:\A B" --other`]],
    ['x a\nb\u{a0}c', ['a\nb\u{a0}c']],
  ])('%j are %j', (line, args) => {
    expect(programArguments(line)).toEqual(args);
  });

  test('are those that it was made of', () => {
    fc.assert(
      fc.property(trickyArguments(), (args) => {
        expect(programArguments(commandLine('C:\\Some folder\\x.exe', args))).toEqual(args);
      }),
      { numRuns: 2000 },
    );
  });

  test('are some, whatever the line', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('"', '\\', ' ', '\t', 'a', '\n') }), (line) => {
        const args = programArguments(`x ${line}`);
        expect(args.join('').length).toBeLessThanOrEqual(line.length);
      }),
    );
  });
});
