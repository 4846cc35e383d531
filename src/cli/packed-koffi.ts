// In the single executable this stands for the module by which koffi finds its own binary: scripts/build-exe puts it there.

import { cacheDirectory } from '../config/cache-directory.ts';
import { loadKoffi } from '../single-file/load-koffi.ts';

/** It throws rather than to give nothing: koffi would then search folders for a binary. */
export function loadStatic(): object {
  return loadKoffi(cacheDirectory());
}
