// The executable for Windows, where `npm run build:exe`, or scripts/test-windows.ts, has built it: beside it are koffi's binary and the licences.
import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';

export const EXECUTABLE_FOLDER = join(import.meta.dirname, '../../build/exe/win32-x64');
export const EXECUTABLE = join(EXECUTABLE_FOLDER, 'netstat-exporter.exe');

/** A copy of the executable alone, in a new folder. */
export function executableAlone(folder: string): string {
  mkdirSync(folder, { recursive: true });
  const program = join(folder, 'netstat-exporter.exe');
  copyFileSync(EXECUTABLE, program);
  return program;
}
