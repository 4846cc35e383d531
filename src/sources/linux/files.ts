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

/** What this process lacks, or the whole host: no word on the file that was to be read. */
const RESOURCES_LACKING: readonly string[] = ['EMFILE', 'ENFILE', 'ENOMEM'];

/**
 * What `read` gives; undefined where the file of a process is not there, or not any more, or may not be read. Throws
 * where the exporter lacks descriptors or memory: else every process would seem to be gone.
 */
export function ofProcess<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (isLackOfResources(error)) throw error;
    return undefined;
  }
}

/** Of an error with the name of an errno as its code. */
export function isLackOfResources(error: unknown): boolean {
  return RESOURCES_LACKING.includes((error as NodeJS.ErrnoException).code ?? '');
}
