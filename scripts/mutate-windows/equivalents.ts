// Mutants that no test can catch, each group with the reason. An entry that fits no mutant any more is stale.

import type { Mutant } from './mutants.ts';

export interface Equivalents {
  readonly file: string;
  /** Why no test can see it. */
  readonly reason: string;
  /** The lines before and after, as the script prints them. */
  readonly changes: readonly (readonly [before: string, after: string])[];
}

export const EQUIVALENTS: readonly Equivalents[] = [];

/** The reason why a mutant cannot be caught, if it is known. */
export function knownReason(mutant: Mutant): string | undefined {
  return EQUIVALENTS.find(
    ({ file, changes }) => file === mutant.file && changes.some((change) => isSame(change, mutant)),
  )?.reason;
}

/** Entries that fit none of the mutants, as text. */
export function staleEntries(mutants: readonly Mutant[]): string[] {
  return EQUIVALENTS.flatMap(({ file, changes }) => {
    const ofFile = mutants.filter((mutant) => mutant.file === file);
    const stale = changes.filter((change) => !ofFile.some((mutant) => isSame(change, mutant)));
    return stale.map(([before, after]) => `${file}: ${before} → ${after}`);
  });
}

function isSame([before, after]: readonly [string, string], mutant: Mutant): boolean {
  return mutant.before === before && mutant.after === after;
}
