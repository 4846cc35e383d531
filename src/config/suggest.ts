// The name that was probably meant, and errors for names that are no option's.

import { ConfigError } from './error.ts';
import type { OptionTable } from './option.ts';

/** Longer names are not compared: no option's name is nearly as long. */
const MAXIMUM_COMPARED_LENGTH = 64;
/** One typing mistake in so many characters is still taken for the name. */
const CHARACTERS_PER_MISTAKE = 4;

/** All names that may stand in a configuration file: the options', and their groups' (`collector`, `collector.process`). */
export function knownNames(table: OptionTable): ReadonlySet<string> {
  const names = new Set<string>();
  for (const name of Object.keys(table)) {
    names.add(name);
    for (let dot = name.indexOf('.'); dot !== -1; dot = name.indexOf('.', dot + 1)) names.add(name.slice(0, dot));
  }
  return names;
}

/** `where` already contains the unknown `name`. */
export function unknownOption(where: string, name: string, known: Iterable<string>): ConfigError {
  const nearest = nearestName(name, known);
  const advice = nearest === undefined ? 'see --help for all options' : `did you mean ${nearest}?`;
  return new ConfigError(`${where}: unknown option; ${advice}`);
}

/** The name that was probably meant; undefined if none is near. */
export function nearestName(name: string, known: Iterable<string>): string | undefined {
  if (name.length > MAXIMUM_COMPARED_LENGTH) return undefined;
  let nearest: string | undefined;
  let fewest = Math.ceil(name.length / CHARACTERS_PER_MISTAKE);
  for (const candidate of known) {
    const mistakes = editDistance(name, candidate);
    if (mistakes > fewest || (mistakes === fewest && nearest !== undefined)) continue;
    nearest = candidate;
    fewest = mistakes;
  }
  return nearest;
}

/** Levenshtein's distance, one row at a time. */
function editDistance(from: string, to: string): number {
  let previous = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (let row = 1; row <= from.length; row++) {
    const current = [row];
    for (let column = 1; column <= to.length; column++) {
      const replaced = cell(previous, column - 1) + (from[row - 1] === to[column - 1] ? 0 : 1);
      current.push(Math.min(replaced, cell(previous, column) + 1, cell(current, column - 1) + 1));
    }
    previous = current;
  }
  return cell(previous, to.length);
}

function cell(row: readonly number[], column: number): number {
  return row[column] ?? Number.POSITIVE_INFINITY;
}
