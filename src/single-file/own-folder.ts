// The folder that the single executable unpacks koffi's binary to, for the user who runs it.

import { userInfo } from 'node:os';
import { dirname, join } from 'node:path';
import { koffiFileName } from './koffi-file.ts';

const IN_HOME = process.platform === 'win32' ? ['AppData', 'Local'] : ['.cache'];

/**
 * Of the home folder that the system's list of users has: the environment may be another user's, as with sudo. Throws Error,
 * with one line, where there is none.
 */
export function ownFolder(): string {
  try {
    return join(userInfo().homedir, ...IN_HOME, 'netstat-exporter');
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(
      `cannot unpack koffi's binary: this user has no home folder (${reason}); allowed: ${koffiFileName()} in ${dirname(process.execPath)}`,
    );
  }
}
