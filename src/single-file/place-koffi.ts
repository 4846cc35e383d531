// Where koffi's binary is loaded from: a file that nobody else can have written, with the very bytes that the executable has.

import { randomBytes } from 'node:crypto';
import { lstatSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Access, accessProblem } from './access-problem.ts';

export interface Places {
  /** The program. What is beside it was put there by whoever may replace the program itself. */
  readonly executable: string;
  /** A folder of this user's own, made when it is missing. Asked for only when there is no file beside the program. */
  readonly ownFolder: () => string;
}

const ONLY_OWNER_FOLDER = 0o700;
const ONLY_OWNER_FILE = 0o600;

/**
 * The path of a file called `name` with these bytes: beside the program when it is there, else in the own folder, where it
 * is written, and replaced when it differs. Throws Error, with one line.
 */
export function placeKoffi(name: string, bytes: Uint8Array, { executable, ownFolder }: Places): string {
  const beside = join(dirname(executable), name);
  const found = look(beside);
  if (found !== undefined) {
    const owner = look(executable)?.uid;
    const problem = fileProblem(beside, found, bytes, owner === undefined ? [] : [owner]);
    if (problem !== undefined)
      throw new Error(`${beside} ${problem}; allowed: the file that came with this program, or none`);
    return beside;
  }
  const folder = ownFolder();
  const file = join(folder, name);
  prepareFolder(folder, name);
  if (holds(file, bytes)) return file;
  try {
    replaceFile(file, bytes);
  } catch (error) {
    // Another process was faster: Windows replaces no file that is loaded.
    if (!holds(file, bytes)) throw cannotUnpack(file, error, name);
  }
  return file;
}

/** Throws unless the folder is there, and is this user's. */
function prepareFolder(folder: string, name: string): void {
  try {
    mkdirSync(folder, { recursive: true, mode: ONLY_OWNER_FOLDER });
  } catch (error) {
    throw cannotUnpack(folder, error, name);
  }
  const found = lstatSync(folder);
  const problem = found.isDirectory() ? accessProblem(found) : 'is not a folder';
  if (problem !== undefined)
    throw new Error(`${folder} ${problem}; allowed: a folder that only this user and root may write, or none`);
}

/** Whether it can be loaded as it is. */
function holds(file: string, bytes: Uint8Array): boolean {
  const found = look(file);
  return found !== undefined && fileProblem(file, found, bytes) === undefined;
}

/** What keeps a file from being loaded, as the rest of a sentence. */
function fileProblem(file: string, found: Found, bytes: Uint8Array, owners?: readonly number[]): string | undefined {
  if (!found.isFile()) return 'is not a file of its own';
  const problem = accessProblem(found, owners);
  if (problem !== undefined) return problem;
  // The size first: no more is read than the binary has.
  if (found.size !== bytes.length || !readFileSync(file).equals(bytes)) return 'has not the content that its name says';
  return undefined;
}

/** A reader sees the old file or the whole new one. */
function replaceFile(file: string, bytes: Uint8Array): void {
  const temporary = `${file}.${randomBytes(8).toString('hex')}`;
  try {
    // Fails where there is a file already, as O_EXCL does.
    writeFileSync(temporary, bytes, { mode: ONLY_OWNER_FILE, flag: 'wx' });
    renameSync(temporary, file);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}

interface Found extends Access {
  readonly size: number;
  isFile(): boolean;
}

/** Not followed: a link could be turned. */
function look(path: string): Found | undefined {
  return lstatSync(path, { throwIfNoEntry: false });
}

function cannotUnpack(path: string, error: unknown, name: string): Error {
  const reason = error instanceof Error ? error.message : String(error);
  return new Error(
    `cannot unpack koffi's binary to ${path}: ${reason}; allowed: a folder that can be written, or ${name} beside the program`,
  );
}
