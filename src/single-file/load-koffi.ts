// Loads koffi's binary into this process: from beside the executable, else from a folder of this user's own.

import { koffiBytes, koffiFileName } from './koffi-file.ts';
import { ownFolder } from './own-folder.ts';
import { placeKoffi } from './place-koffi.ts';

/**
 * What the binary exports. `cacheDirectory` is the folder that a service manager made for this program, if there is one.
 * Throws Error, with one line that names the file and says what to do.
 */
export function loadKoffi(cacheDirectory: string | undefined): object {
  const bytes = koffiBytes();
  const file = placeKoffi(koffiFileName(bytes), bytes, {
    executable: process.execPath,
    ownFolder: () => cacheDirectory ?? ownFolder(),
  });
  const loaded = { exports: {} };
  try {
    process.dlopen(loaded, file);
  } catch (error) {
    const reason = error instanceof Error ? error.message.trim() : String(error);
    throw new Error(
      `cannot load koffi's binary from ${file}: ${reason}; allowed: a file system that programs may be run from`,
    );
  }
  return loaded.exports;
}
