// The workers of the program. Each is a bundle of its own.

import { isSingleFile, packedWorker } from '../single-file/single-file.ts';

/** Their entries, modules of this folder. */
export const WORKERS = ['collection-worker', 'wmi-worker', 'password-worker', 'service-worker'] as const;

/** Where a worker starts: built beside the module that this one is part of, or packed into the executable. */
export function workerEntry(name: (typeof WORKERS)[number]): URL {
  return isSingleFile() ? packedWorker(name) : new URL(`./${name}.js`, import.meta.url);
}
