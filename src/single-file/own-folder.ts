// The folder that the single executable unpacks koffi's binary to, for the user who runs it.

import { userInfo } from 'node:os';
import { dirname, join } from 'node:path';
import { koffiFileName } from './koffi-file.ts';

const SHARED_HOME = /\\ServiceProfiles\\/i;
const IN_HOME = process.platform === 'win32' ? ['AppData', 'Local'] : ['.cache'];

/**
 * Of the home folder that the system's list of users has: the environment may be another user's, as with sudo. Throws Error,
 * with one line, where there is none.
 */
export function ownFolder(): string {
  const home = homeFolder();
  // LocalService's is that of all services with this account.
  if (SHARED_HOME.test(home)) throw noFolder(`${home} is not of one service alone`);
  return join(home, ...IN_HOME, 'netstat-exporter');
}

function homeFolder(): string {
  try {
    return userInfo().homedir;
  } catch (error) {
    throw noFolder(`this user has no home folder (${error instanceof Error ? error.message : String(error)})`);
  }
}

function noFolder(reason: string): Error {
  return new Error(
    `cannot unpack koffi's binary: ${reason}; allowed: ${koffiFileName()} in ${dirname(process.execPath)}`,
  );
}
