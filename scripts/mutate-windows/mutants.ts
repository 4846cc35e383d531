// The mutants of a source: copies that differ in one thing, which a test should notice.

import { transformSync } from 'esbuild';
import { type Edit, findEdits } from './edits.ts';
import { type Token, tokenize } from './tokens.ts';

/** One thing that is changed in one file. */
export interface Mutant {
  /** Path from the project's folder. */
  readonly file: string;
  /** Of the first line that differs, from 1. */
  readonly line: number;
  /** The lines that differ, on one line, without and with the mutation. */
  readonly before: string;
  readonly after: string;
  /** The whole text of the file, mutated. */
  readonly source: string;
}

/** All mutants of a file, in its order, but those that do not parse, and those that do what it or another mutant does: as changes of types do. */
export function mutantsOf(file: string, source: string): Mutant[] {
  const seen = new Set([undefined, program(source)]);
  return findEdits(tokenize(source).filter((token) => !isBracket(source, token))).flatMap((edit) => {
    const mutated = source.slice(0, edit.start) + edit.text + source.slice(edit.end);
    const mutatedProgram = program(mutated);
    if (seen.has(mutatedProgram)) return [];
    seen.add(mutatedProgram);
    return [{ ...describeEdit(source, edit), file, source: mutated }];
  });
}

/** Of type arguments: a comparison has spaces around it. */
function isBracket(source: string, { text, start }: Token): boolean {
  return (text === '<' || text === '>') && source.slice(start - 1, start + 2).trim() !== text;
}

/** What runs, in one form for all that mean the same. Undefined: nothing, it does not parse. */
function program(source: string): string | undefined {
  try {
    return transformSync(source, { loader: 'ts', minifySyntax: true, logLevel: 'silent' }).code;
  } catch {
    return undefined;
  }
}

function describeEdit(source: string, { start, end, text }: Edit): Pick<Mutant, 'line' | 'before' | 'after'> {
  const from = source.lastIndexOf('\n', start) + 1;
  const lineEnd = source.indexOf('\n', end);
  const to = lineEnd < 0 ? source.length : lineEnd;
  const oneLine = (lines: string) => lines.replaceAll(/\s+/g, ' ').trim();
  return {
    line: source.slice(0, start).split('\n').length,
    before: oneLine(source.slice(from, to)),
    after: oneLine(source.slice(from, start) + text + source.slice(end, to)),
  };
}
