// A service that belongs to a package of Windows Installer, which removes and changes it.

import { win32 } from 'node:path';
import { ConfigError } from '../../config/error.ts';
import { programPath } from '../../windows-service/managing/command-line.ts';
import { SERVICE } from './definition.ts';
import { isSamePath } from './program-folder.ts';

const INSTEAD = {
  install: 'msiexec /i with the package and its properties (docs/windows-msi.md)',
  uninstall: 'Settings > Apps, or msiexec /x with the package',
} as const;

/** Throws a ConfigError when the service's program lies in the package's folder. A folder that some package has left in the registry is nothing. */
export function refusePackaged(
  command: keyof typeof INSTEAD,
  packageFolder: string | undefined,
  commandLine: string | undefined,
): void {
  if (packageFolder === undefined || commandLine === undefined) return;
  if (!isSamePath(win32.resolve(packageFolder), win32.dirname(programPath(commandLine)))) return;
  throw new ConfigError(
    `service ${command}: the service ${SERVICE.name} belongs to a package of Windows Installer, in ${packageFolder}; allowed: ${INSTEAD[command]}`,
  );
}
