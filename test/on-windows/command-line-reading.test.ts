// World: Windows or Wine (npm run test:windows). The C runtime of node.exe, which is Microsoft's own, reads command lines.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { programArguments } from '../../src/windows-service/managing/arguments.ts';
import { argumentsOf } from './argument-reader.ts';

/** Pieces of command lines, in every order: whatever a package or a person may have written. */
const LINES = fc.string({
  unit: fc.constantFrom('"', '""', '\\', ' ', '\t', 'a', '--x=', '\u{3042}', '\u{a0}', '\v'),
  maxLength: 150,
});

it('a command line is read as the program itself will read it', () => {
  fc.assert(
    fc.property(LINES, (line) => {
      expect(programArguments(`x.exe ${line}`)).toEqual(argumentsOf(line));
    }),
    { numRuns: 12 },
  );
});
