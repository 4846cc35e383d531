// What Node's fs does not say in one call.

import { closeSync, openSync, readSync, statSync } from 'node:fs';

/** False also where it cannot be known: what is not surely missing is to be read, and fails then. */
export function isMissing(path: string): boolean {
  try {
    return statSync(path, { throwIfNoEntry: false }) === undefined;
  } catch {
    return false;
  }
}

/** The first `maxBytes` of a file of procfs, which tells no sizes, and gives at once what it is asked for. */
export function readStart(path: string, maxBytes: number): Buffer {
  const file = openSync(path, 'r');
  try {
    const bytes = Buffer.alloc(maxBytes);
    return bytes.subarray(0, readSync(file, bytes));
  } finally {
    closeSync(file);
  }
}
