// Paths of files and folders.

import { ValueError } from '../error.ts';

/** Any path, as written. Whether something is there is found out by whoever opens it. Throws ValueError. */
export function parsePath(text: string): string {
  if (text === '' || text.includes('\0')) throw new ValueError('is not a path', 'the path of a file or folder');
  return text;
}
