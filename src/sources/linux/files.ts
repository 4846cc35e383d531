// What Node's fs does not say in one call.

import { statSync } from 'node:fs';

/** False also where it cannot be known: what is not surely missing is to be read, and fails then. */
export function isMissing(path: string): boolean {
  try {
    return statSync(path, { throwIfNoEntry: false }) === undefined;
  } catch {
    return false;
  }
}
