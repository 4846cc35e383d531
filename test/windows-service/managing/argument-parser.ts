// A second, plain reading of Windows command lines, written from the rules of "Parsing C command-line arguments" alone.

/** The arguments of a command line, the program first. */
export function parseCommandLine(line: string): string[] {
  const end = line.indexOf('"', 1);
  // The program's name: up to the second quotation mark, whatever backslashes there are.
  const args = [line.slice(1, end)];
  let argument: string | undefined;
  let isQuoted = false;
  for (let at = end + 1; at < line.length; at++) {
    const character = line[at] ?? '';
    if (!isQuoted && (character === ' ' || character === '\t')) {
      if (argument !== undefined) args.push(argument);
      argument = undefined;
      continue;
    }
    argument ??= '';
    const backslashes = /^\\*/.exec(line.slice(at))?.[0].length ?? 0;
    if (line[at + backslashes] === '"') {
      // Each pair of backslashes is one; what is left over makes the quotation mark a character.
      argument += '\\'.repeat(Math.floor(backslashes / 2));
      if (backslashes % 2 === 1) argument += '"';
      else isQuoted = !isQuoted;
      at += backslashes;
    } else if (backslashes > 0) {
      argument += '\\'.repeat(backslashes);
      at += backslashes - 1;
    } else {
      argument += character;
    }
  }
  if (argument !== undefined) args.push(argument);
  return args;
}
