// The packages for Windows Installer, and msiexec, as an administrator uses it.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };
import { MSI_PACKAGES, NEXT_VERSION, NEXT_VERSION_PACKAGES } from '../support/msi-packages.ts';

const packageOf = (folder: string, version: string): string =>
  join(folder, `netstat-exporter-${version}-windows-x64.msi`);

export const PACKAGE = packageOf(MSI_PACKAGES, packageJson.version);
/** Of a version that there is not yet: what an upgrade goes to. */
export const NEXT_PACKAGE = packageOf(NEXT_VERSION_PACKAGES, NEXT_VERSION);

/** In CI the packages have to be there: nothing is skipped. */
export function describeMsi(name: string, tests: () => void): void {
  const areBuilt = process.env['CI'] !== undefined || (existsSync(PACKAGE) && existsSync(NEXT_PACKAGE));
  describe.skipIf(!areBuilt)(`${name} (provided by: npm run test:windows on Linux)`, tests);
}

/** Without a window; gives the exit code. `properties` are as they would stand on the command line: NAME="a value". */
export async function msiexec(
  verb: '/i' | '/x' | '/fa',
  file: string,
  ...properties: string[]
): Promise<number | null> {
  // msiexec has a way of its own with quotation marks.
  const child = spawn('msiexec.exe', [verb, `"${file}"`, '/qn', '/norestart', ...properties], {
    stdio: 'ignore',
    windowsVerbatimArguments: true,
  });
  const [code] = await once(child, 'exit');
  return code;
}
