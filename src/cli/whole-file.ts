// Writing a file that is there as a whole, or as it was before.

import { createWriteStream } from 'node:fs';
import { realpath, rename, rm, stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { reasonOf } from '../config/error.ts';

/**
 * Writes beside the file, and then puts that in its place: on a full disk the one before stays. A device or a pipe is
 * written into. Rejects with one line, and leaves nothing behind, where that cannot be done.
 */
export async function writeWholeFile(file: string, texts: Iterable<string>): Promise<void> {
  try {
    const before = await stat(file).catch(() => undefined);
    if (before !== undefined && !before.isFile()) await pipeline(Readable.from(texts), createWriteStream(file));
    else await replace(before === undefined ? file : await realpath(file), texts, before?.mode);
  } catch (error) {
    throw new Error(`cannot write ${file}: ${reasonOf(error)}`, { cause: error });
  }
}

async function replace(file: string, texts: Iterable<string>, mode: number | undefined): Promise<void> {
  const beside = `${file}.${process.pid}.new`;
  try {
    // `wx`: what somebody else has put there is neither written into nor removed.
    const stream = createWriteStream(beside, { flags: 'wx', flush: true, ...(mode !== undefined && { mode }) });
    await pipeline(Readable.from(texts), stream);
    await rename(beside, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') await rm(beside, { force: true });
    throw error;
  }
}
