// The mutants that no test can catch, as equivalents.txt lists them. An entry that fits no mutant any more is stale.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Mutant } from './mutants.ts';

const FILE = join(import.meta.dirname, 'equivalents.txt');

type Change = Pick<Mutant, 'file' | 'before' | 'after'>;

/** A change, and why no test can see it. */
export interface Equivalent extends Change {
  readonly reason: string;
}

/** The entries: a line `because …`, and for each mutant its file, the line before and the line after. Throws for any other line. */
export function readEquivalents(): Equivalent[] {
  const entries: Equivalent[] = [];
  let entry = { reason: '', file: '', before: '' };
  for (const line of readFileSync(FILE, 'utf8').split('\n')) {
    const [, mark = '', text = ''] = /^(because |src\/| {2}- | {2}\+ )(.*)$/.exec(line) ?? [];
    if (mark === 'because ') entry = { ...entry, reason: text };
    else if (mark === 'src/') entry = { ...entry, file: line };
    else if (mark === '  - ') entry = { ...entry, before: text };
    else if (mark === '  + ') entries.push({ ...entry, after: text });
    else if (line !== '' && !line.startsWith('#')) throw new Error(`${FILE} has a line that means nothing: ${line}`);
  }
  return entries;
}

export function isSame(one: Change, other: Change): boolean {
  return one.file === other.file && one.before === other.before && one.after === other.after;
}
