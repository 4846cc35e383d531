// netstat-exporter.exe, as an administrator uses it.
import { execFile } from 'node:child_process';
import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe } from 'vitest';

export const EXECUTABLE = fileURLToPath(new URL('../../build/exe/win32-x64/netstat-exporter.exe', import.meta.url));

/** In CI the program has to be there: nothing is skipped. */
export function describeSingleProgram(name: string, tests: () => void): void {
  const isBuilt = process.env['CI'] !== undefined || existsSync(EXECUTABLE);
  describe.skipIf(!isBuilt)(`${name} (provided by: npm run test:windows on Linux)`, tests);
}

export interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A command of Windows or of ours, until it ends; meanwhile this process goes on. */
export function ran(file: string, ...args: readonly string[]): Promise<Ran> {
  return new Promise((resolve, reject) => {
    const child = execFile(file, args, (_error, stdout, stderr) => resolve({ code: child.exitCode, stdout, stderr }));
    child.once('error', reject);
  });
}

/** The program alone, in a new folder, as it is after a download. */
export function downloadedProgram(): { readonly file: string } & Disposable {
  const folder = mkdtempSync(join(tmpdir(), 'download-'));
  const file = join(folder, 'netstat-exporter.exe');
  copyFileSync(EXECUTABLE, file);
  return { file, [Symbol.dispose]: () => rmSync(folder, { recursive: true }) };
}
