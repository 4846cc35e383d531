// The arguments in a command line, as the C runtime of Windows reads them.

import { programEnd } from './command-line.ts';

/** Blanks; backslashes, if any, before a quotation mark; what stands for itself. */
const PIECE = /(?<blanks>[ \t]+)|(?<backslashes>\\*)"|(?<plain>\\+|[^\\" \t]+)/y;

/**
 * All but the program ("Parsing C command-line arguments"; two quotation marks within quoted text are one, as in the
 * Universal C Runtime). Never throws: each text is some command line.
 */
export function programArguments(line: string): readonly string[] {
  const pieces = new RegExp(PIECE);
  pieces.lastIndex = programEnd(line);
  const args: string[] = [];
  let argument: string | undefined;
  let isQuoted = false;
  for (let piece = pieces.exec(line)?.groups; piece !== undefined; piece = pieces.exec(line)?.groups) {
    const { blanks, backslashes, plain } = piece;
    if (blanks !== undefined && !isQuoted) {
      if (argument !== undefined) args.push(argument);
      argument = undefined;
      continue;
    }
    argument = (argument ?? '') + (blanks ?? plain ?? '');
    if (backslashes === undefined) continue;
    // Each pair of backslashes is one; what is left over makes the quotation mark a character.
    argument += '\\'.repeat(Math.floor(backslashes.length / 2));
    const isDoubled = isQuoted && line[pieces.lastIndex] === '"';
    if (backslashes.length % 2 === 1) argument += '"';
    else if (!isDoubled) isQuoted = !isQuoted;
    else {
      argument += '"';
      pieces.lastIndex++;
    }
  }
  return argument === undefined ? args : [...args, argument];
}
