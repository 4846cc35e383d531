// `--private-folder`: a folder for files that not everybody may read.

import { win32 } from 'node:path';
import { ConfigError, quote } from '../../config/error.ts';
import { SERVICE } from './definition.ts';
import { runningProgram } from './program-folder.ts';
import { askWindows } from './windows.ts';

/** With a drive; Windows installer's folders end with a backslash, which would make a quotation mark behind it part of the path. */
const FOLDER = /^[a-z]:[\\/][^"<>|?*\r\n]+$/i;

/** The path as Windows writes it. Throws a ConfigError; undefined stays so. */
export function privateFolder(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  if (FOLDER.test(text)) return win32.resolve(text);
  throw new ConfigError(
    `--private-folder: ${quote(text)} is no whole path of a folder; allowed: as C:\\ProgramData\\netstat-exporter, without a backslash at the end`,
  );
}

/** Gives what was done, in lines. */
export async function shutFolder(path: string | undefined): Promise<readonly string[]> {
  if (path === undefined) return [];
  return askWindows('makePrivate', { path, service: SERVICE.name, program: runningProgram() });
}
