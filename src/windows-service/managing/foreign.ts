// Another program's service that has our service's name.

import { win32 } from 'node:path';
import { PartFailure } from '../../sources/parts.ts';
import { programName } from './command-line.ts';

/** Throws a PartFailure when the service starts another program. By its file name alone: our own may have been installed from another folder. */
export function refuseForeign(name: string, commandLine: string, executable: string): void {
  if (programName(commandLine) === win32.basename(executable).toLowerCase()) return;
  throw new PartFailure(
    'foreign',
    `the service ${name} is another program's and was left as it is: ${commandLine}; if nobody needs it, remove it with: sc.exe delete ${name}`,
  );
}
