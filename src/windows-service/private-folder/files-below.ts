// All that is in a folder, as long as it can be what a configuration consists of.

import { lstatSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { PartFailure } from '../../sources/parts.ts';

/** A configuration has a few files. More are a sign that another folder was meant. */
export const MAX_FILES = 100;

/** Paths, a folder before what is in it. Throws a PartFailure for a folder that cannot be meant, and for links, which lead to others. */
export function filesBelow(folder: string): readonly string[] {
  if (dirname(folder) === dirname(dirname(folder))) throw unfit(folder, 'it is not below another folder');
  const found = [folder];
  for (const path of found) {
    const entry = lstatSync(path);
    if (entry.isSymbolicLink()) throw unfit(folder, `${path} is a link`);
    if (entry.isDirectory()) found.push(...readdirSync(path).map((name) => join(path, name)));
    if (found.length > MAX_FILES + 1) throw unfit(folder, `there are more than ${MAX_FILES} files in it`);
  }
  return found.slice(1);
}

function unfit(folder: string, why: string): PartFailure {
  return new PartFailure(
    'unfit',
    `${folder} cannot be made private: ${why}; take a folder for the configuration alone`,
  );
}
