// Deleting a file that is in use: with the next restart of Windows.

import { loadKernel32 } from '../../sources/windows/bindings.ts';
import { callFailure } from '../../sources/windows/call-failure.ts';
import type { WindowsLibraries } from '../../sources/windows/libraries.ts';
import { wideString } from '../../sources/windows/utf16.ts';
import { MOVEFILE_DELAY_UNTIL_REBOOT } from '../codes.ts';
import { loadMoveFile } from './bindings.ts';

/**
 * Has Windows delete the file, or the folder if it is empty by then, before anything can use it again: a program cannot
 * delete its own file. `path` is a full one. Needs an administrator; throws a PartFailure where Windows refuses.
 */
export function deleteAtRestart(path: string, { kernel32 }: Pick<WindowsLibraries, 'kernel32'>): void {
  const succeeded = loadMoveFile(kernel32)(wideString(path), null, MOVEFILE_DELAY_UNTIL_REBOOT);
  if (succeeded !== 0) return;
  const functions = loadKernel32(kernel32);
  throw callFailure(functions, `MoveFileExW(${path}, MOVEFILE_DELAY_UNTIL_REBOOT)`, functions.getLastError());
}
