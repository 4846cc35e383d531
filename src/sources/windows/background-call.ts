// Calling a native function on a thread of libuv's pool, for as long as it takes: the event loop goes on meanwhile.

import type { LibraryHandle } from 'koffi';
import type { NativeArgument } from './native-library.ts';

/** What a call came to. */
export interface BackgroundResult {
  readonly result: number;
  /** What GetLastError told after that call. */
  readonly lastError: number;
}

/** Rejects with a PartFailure when the function could not be loaded. */
export type BackgroundFunction = (...args: readonly NativeArgument[]) => Promise<BackgroundResult>;

/**
 * The arguments of the calls that have not returned. They read and write that memory: nothing else may hold it any more.
 * What it points to is the caller's to keep.
 */
const inProgress = new Set<readonly NativeArgument[]>();
let isEndGuarded = false;

/** Only on the main thread. `getLastError` is that of kernel32. */
export function callInBackground(
  { async: start }: ReturnType<LibraryHandle['func']>,
  args: readonly NativeArgument[],
  getLastError: () => number,
): Promise<BackgroundResult> {
  guardEnd();
  inProgress.add(args);
  return new Promise<BackgroundResult>((resolve, reject) => {
    start(...args, (error: unknown, result: number) => {
      try {
        if (error !== null) throw error;
        // Only here it still tells of that call.
        resolve({ result, lastError: getLastError() });
      } catch (failure) {
        reject(failure);
      }
    });
  }).finally(() => inProgress.delete(args));
}

/** process.exit waits for the threads of the pool, and one that hangs in a call never ends: then it is by force. */
function guardEnd(): void {
  if (isEndGuarded) return;
  isEndGuarded = true;
  process.on('exit', () => {
    if (inProgress.size > 0) process.kill(process.pid, 'SIGKILL');
  });
}
