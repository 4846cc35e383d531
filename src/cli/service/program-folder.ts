// The service's own copy of the program, in a folder that only administrators may write, and koffi's binary beside it.

import { randomBytes } from 'node:crypto';
import { realpathSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, rmdir, writeFile } from 'node:fs/promises';
import { win32 } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { KOFFI_FILE } from '../../single-file/koffi-file.ts';
import { programPath } from '../../windows-service/managing/command-line.ts';

const FOLDER_NAME = 'netstat-exporter';
const PROGRAM_NAME = 'netstat-exporter.exe';
/** The program, and those that were being put there or were in use. */
const PROGRAM_FILE = /^netstat-exporter\.exe(?:\.(?:new|old)-[0-9a-f]{8})?$/i;
/** A file that a scanner looks at, or whose process is just ending, can be deleted or renamed a moment later. */
const IN_USE_LIMIT_MS = 3_000;
const IN_USE_POLL_MS = 100;

export interface ProgramFolder {
  readonly folder: string;
  /** The program that the service runs. */
  readonly program: string;
  /** Whether that is a copy, which `service install` has made and `service uninstall` deletes. */
  readonly isOwn: boolean;
}

/** This program's path, in the words of Windows: whoever starts it may have written it in others (`C:\PROGRA~1`). */
export function runningProgram(): string {
  return realpathSync.native(process.execPath);
}

/** That of an installed service, by its command line. */
export function installedFolder(programFiles: string, commandLine: string): ProgramFolder {
  return programFolder(programFiles, programPath(commandLine));
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
    await whenFree(() => rename(fresh, path));
  } catch (error) {
    // What was there is there again: the service needs it.
    if (present !== undefined) await rename(aside, path).catch(() => {});
    await rm(fresh, { force: true });
    throw error;
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

export interface Deleted {
  readonly deleted: readonly string[];
  /** Those that are still in use after some time. */
  readonly inUse: readonly string[];
  /** What somebody else has put there stays, and the folder with it. */
  readonly hasOthers: boolean;
}

/** Deletes all that an installation has put there, but for `aside`, and the folder when nothing else is in it. Gives paths. */
export async function deleteFiles({ folder, isOwn }: ProgramFolder, aside?: string): Promise<Deleted> {
  const names = (await ownFiles(folder)).filter((name) => isOwn || KOFFI_FILE.test(name));
  const paths = names.map((name) => win32.join(folder, name)).filter((path) => path !== aside);
  const deleted: string[] = [];
  const inUse: string[] = [];
  for (const path of paths) {
    const isGone = await whenFree(() => rm(path, { force: true })).then(
      () => true,
      () => false,
    );
    (isGone ? deleted : inUse).push(path);
  }
  if (isOwn) await rmdir(folder).catch(() => {});
  const others = (await readdir(folder).catch(ifMissing)) ?? [];
  return { deleted, inUse, hasOthers: isOwn && others.some((name) => !isOwnFile(name)) };
}

async function ownFiles(folder: string): Promise<readonly string[]> {
  const names = (await readdir(folder).catch(ifMissing)) ?? [];
  return names.filter(isOwnFile);
}

function isOwnFile(name: string): boolean {
  return KOFFI_FILE.test(name) || PROGRAM_FILE.test(name);
}

/** Does it again while the file is in use, for some time; rejects then. */
async function whenFree(task: () => Promise<void>): Promise<void> {
  const deadlineMs = performance.now() + IN_USE_LIMIT_MS;
  for (;;) {
    try {
      return await task();
    } catch (error) {
      if (performance.now() > deadlineMs) throw error;
      await sleep(IN_USE_POLL_MS);
    }
  }
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
