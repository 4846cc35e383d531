// The service's own copy of the program, in a folder that only administrators may write, and koffi's binary beside it.

import { randomBytes } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, rmdir, writeFile } from 'node:fs/promises';
import { win32 } from 'node:path';

const FOLDER_NAME = 'netstat-exporter';
const PROGRAM_NAME = 'netstat-exporter.exe';
/** What is put there, by any version. */
const OWN_FILE = /^(?:koffi-[0-9a-f]+\.node|netstat-exporter\.exe(?:\.(?:new|old)-[0-9a-f]+)?)$/i;
const BINARY = /^koffi-[0-9a-f]+\.node$/i;

export interface ProgramFolder {
  readonly folder: string;
  /** The program that the service runs. */
  readonly program: string;
  /** Whether that is a copy, which `service install` has made and `service uninstall` deletes. */
  readonly isOwn: boolean;
}

/** Where the program already is, when that is below the folder of programs and another than the service's own; else the latter. */
export function programFolder(programFiles: string, running: string): ProgramFolder {
  const own = win32.join(programFiles, FOLDER_NAME);
  const folder = win32.dirname(running);
  const isElsewhere = isBelow(programFiles, running) && !isSamePath(folder, own);
  return isElsewhere
    ? { folder, program: running, isOwn: false }
    : { folder: own, program: win32.join(own, PROGRAM_NAME), isOwn: true };
}

/** Puts a file there whole, or not at all; gives whether it was missing or another. One that is in use is moved aside. */
export async function putFile(path: string, content: Uint8Array): Promise<boolean> {
  const present = await readFile(path).catch(ifMissing);
  if (present?.equals(content)) return false;
  await mkdir(win32.dirname(path), { recursive: true });
  const [fresh, aside] = [besides(path, 'new'), besides(path, 'old')];
  try {
    await writeFile(fresh, content, { flag: 'wx' });
    if (present !== undefined) await rename(path, aside);
    await rename(fresh, path);
  } finally {
    await rm(fresh, { force: true });
  }
  // It is deleted with the next installation, where it is in use.
  await rm(aside, { force: true }).catch(() => {});
  return true;
}

/** Deletes what older installations have left: binaries of other versions, and programs that were in use then. */
export async function deleteLeftovers({ folder, program }: ProgramFolder, binary: string): Promise<void> {
  const keep = [win32.basename(program), binary].map((name) => name.toLowerCase());
  for (const name of await ownFiles(folder)) {
    if (!keep.includes(name.toLowerCase())) await rm(win32.join(folder, name), { force: true }).catch(() => {});
  }
}

/** Moves a program that runs, and so cannot be deleted, to another name in its folder, where it is in nobody's way. */
export async function moveAside(program: string): Promise<string> {
  const aside = besides(program, 'old');
  await rename(program, aside);
  return aside;
}

/** Deletes all that an installation has put there, but for `aside`, and the folder when nothing else is in it. Gives the paths of what is deleted. */
export async function deleteFiles({ folder, isOwn }: ProgramFolder, aside?: string): Promise<readonly string[]> {
  const names = (await ownFiles(folder)).filter((name) => isOwn || BINARY.test(name));
  const paths = names.map((name) => win32.join(folder, name)).filter((path) => path !== aside);
  for (const path of paths) await rm(path, { force: true });
  // What somebody else has put there stays, and the folder with it.
  if (isOwn) await rmdir(folder).catch(() => {});
  return paths;
}

async function ownFiles(folder: string): Promise<readonly string[]> {
  const names = (await readdir(folder).catch(ifMissing)) ?? [];
  return names.filter((name) => OWN_FILE.test(name));
}

/** Undefined for what is not there. */
function ifMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error;
}

function besides(path: string, kind: 'new' | 'old'): string {
  return `${path}.${kind}-${randomBytes(4).toString('hex')}`;
}

function isBelow(folder: string, path: string): boolean {
  return path.toLowerCase().startsWith(`${folder.toLowerCase()}\\`);
}

export function isSamePath(a: string, b: string): boolean {
  return win32.normalize(a).toLowerCase() === win32.normalize(b).toLowerCase();
}
