// Deletes what runs by hand have unpacked.

import { readdir, rm, rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import { KOFFI_FILE } from './koffi-file.ts';
import { ownFolder } from './own-folder.ts';
import { isSingleFile } from './single-file.ts';

/**
 * koffi's binary, of any version of this program, from this user's own folder, and the folder when nothing else is in it.
 * Rejects when a file cannot be deleted; Windows deletes none that a process has loaded.
 */
export async function deleteUnpacked(folder?: string): Promise<void> {
  if (folder === undefined && !isSingleFile()) return;
  const place = folder ?? ownFolder();
  const names = await readdir(place).catch(ifMissing<string[]>([]));
  const ours = names.filter((name) => KOFFI_FILE.test(name));
  for (const name of ours) await rm(join(place, name), { force: true });
  if (ours.length > 0 && ours.length === names.length) await rmdir(place).catch(ifMissing(undefined));
}

/** For `catch`: this instead, where there is no such folder. */
function ifMissing<T>(instead: T): (error: NodeJS.ErrnoException) => T {
  return (error) => {
    if (error.code === 'ENOENT') return instead;
    throw error;
  };
}
