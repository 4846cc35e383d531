// Where programs are installed: the folder for programs of 64 bits, and that of our package.

import { PartFailure } from '../../sources/parts.ts';
import type { ServiceLibraries } from '../libraries.ts';
import { registryText } from './registry-text.ts';

const KEY = 'SOFTWARE\\Microsoft\\Windows\\CurrentVersion';
const VALUE = 'ProgramFilesDir';
/** Written by the package of Windows Installer (packaging/msi). */
const PACKAGE_KEY = 'SOFTWARE\\netstat-exporter';
const PACKAGE_VALUE = 'InstallFolder';

/**
 * `C:\Program Files`, on whatever drive it is. From the registry, since whoever starts the program makes its environment.
 * Throws a PartFailure when the registry does not tell.
 */
export function programFilesFolder(libraries: ServiceLibraries): string {
  const folder = registryText(KEY, VALUE, libraries);
  if (folder === undefined) throw new PartFailure('missing', `the registry has no HKLM\\${KEY}, ${VALUE}`);
  return folder;
}

/** Where a package of Windows Installer has put the program; undefined when none has. Throws a PartFailure. */
export function packageFolder(libraries: ServiceLibraries): string | undefined {
  return registryText(PACKAGE_KEY, PACKAGE_VALUE, libraries);
}
