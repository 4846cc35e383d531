// World 2: the stand-in of what Windows has for services, which records all calls.

import { rmSync } from 'node:fs';
import koffi, { type LibraryHandle } from 'koffi';
import { findObstacle, makeLibrary } from '../standin/build.ts';

const MAX_RECORD_BYTES = 256 * 1024;

/** Why this world is not to be had here, and how to get it; undefined when it is. */
export const serviceStandinObstacle = findObstacle();

export interface ServiceStandin extends Disposable {
  /** The library's path: all DLLs in one. */
  readonly file: string;
  /** For the functions by which a test scripts it. */
  readonly library: LibraryHandle;
  /** Each call since the last reset: `CloseServiceHandle(handle=0x1)`. */
  calls(): string[];
  /** Forgets the calls. */
  forget(): void;
}

/** Gives each call that the library has recorded. */
export function recordOf(library: LibraryHandle): () => string[] {
  const copyRecord = library.func('uint32_t standin_record(void *into, uint32_t size)');
  return () => {
    const bytes = Buffer.alloc(MAX_RECORD_BYTES);
    const length: number = copyRecord(bytes, bytes.length);
    return bytes.toString('latin1', 0, length).split('\n').slice(0, -1);
  };
}

export function openServiceStandin(): ServiceStandin {
  const { folder, file } = makeLibrary('complete', 'service');
  const library = koffi.load(file);
  const forgetRecord = library.func('void standin_forget_record()');
  return {
    file,
    library,
    calls: recordOf(library),
    forget: () => forgetRecord(),
    [Symbol.dispose]() {
      // Windows keeps a loaded library's file.
      if (process.platform !== 'win32') rmSync(folder, { recursive: true });
    },
  };
}
