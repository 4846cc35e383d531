// Whether this program is one executable file (`npm run build:exe`), and how its workers start then.

import { getRawAsset, isSea } from 'node:sea';

export const isSingleFile = isSea;

/** The worker that is packed under this name, as a URL that needs no file. */
export function packedWorker(name: string): URL {
  const source = Buffer.from(getRawAsset(`${name}.js`)).toString('base64');
  return new URL(`data:text/javascript;base64,${source}`);
}
