// A folder that only administrators may change, and only they and the service may read: for a configuration with secrets.

import { mkdirSync } from 'node:fs';
import { PartFailure } from '../../sources/parts.ts';
import type { ServiceLibraries } from '../libraries.ts';
import { serviceSid } from '../service-sid.ts';
import { FileSecurity } from './file-security.ts';
import { filesBelow } from './files-below.ts';

/** SYSTEM and Administrators may all, an owner from before as little as others; passed on to what is inside. In Windows' own spelling. */
const SHUT = 'O:BAD:PAI(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)';
/** Owned by Administrators, with what the folder passes on, and nothing else. */
const INHERITED = 'O:BAD:';
/** Administrators, SYSTEM and the account Administrator, as Windows abbreviates them ("SID Strings"). */
const ADMINISTRATORS = ['BA', 'SY', 'LA'];

/** What Node.js calls ERROR_ACCESS_DENIED. */
const DENIED = ['EPERM', 'EACCES'];

export interface PrivateFolder {
  /** A full path. */
  readonly path: string;
  /** The service that may read there; it need not be installed. */
  readonly service: string;
  /** The file of a program that is trusted, and so is its owner, who could change what it does. */
  readonly program: string;
}

/**
 * Makes the folder, or shuts the one that is there: it and all in it belong to Administrators then, and what was allowed to
 * others is not any more. No line: it was so already. Throws a PartFailure for what Windows refuses, and when somebody who is
 * no administrator may have put something into the folder.
 */
export function makePrivate({ path, service, program }: PrivateFolder, libraries: ServiceLibraries): readonly string[] {
  const security = new FileSecurity(libraries);
  const wanted = `${SHUT}(A;OICI;FR;;;${serviceSid(service)})`;
  const isNew = makeFolder(path);
  if (security.read(path) === wanted) return [];
  const trusted = [...ADMINISTRATORS, ownerIn(security.read(program))];
  const trustedFiles = () => {
    const files = filesBelow(path);
    for (const file of [path, ...files]) refuseStranger(file, security.read(file), trusted);
    return files;
  };
  trustedFiles();
  security.set(path, SHUT, 'inherits nothing');
  // Once more: until now others could put files there. Only after that the folder is as wanted, and not looked at again.
  for (const file of trustedFiles()) security.set(file, INHERITED, 'inherits');
  security.set(path, wanted, 'inherits nothing');
  return [`${path} is ${isNew ? 'made' : 'shut'}: only administrators and the service ${service} may read it`];
}

/** False: it was there. */
function makeFolder(path: string): boolean {
  try {
    return mkdirSync(path, { recursive: true }) !== undefined;
  } catch (error) {
    const { code = 'unknown' } = error as NodeJS.ErrnoException;
    const note = DENIED.includes(code) ? '; run this as an administrator' : '';
    throw new PartFailure(code, `cannot make the folder ${path}: ${code}${note}`);
  }
}

/** What somebody has put there whom the service cannot trust is not taken over in silence. */
function refuseStranger(path: string, security: string, trusted: readonly string[]): void {
  const owner = ownerIn(security);
  if (trusted.includes(owner)) return;
  throw new PartFailure(
    'foreign',
    `${path} belongs to ${owner}, who may be no administrator: look at what is in it, and delete it, or take it over with: takeown /a /f "${path}"`,
  );
}

/** The abbreviation or the SID of `O:`. */
function ownerIn(security: string): string {
  return /^O:([A-Z]{2}|S[-\d]+)/.exec(security)?.[1] ?? 'nobody';
}
