// The command line of a process: its cmdline in procfs (proc_pid_cmdline(5)).

import { join } from 'node:path';
import { ofProcess, readStart } from './files.ts';
import type { ProcessIdentity } from './process-files.ts';

/** What is read of it at most. Java programs have theirs run well beyond 4 KiB, with the main class at the end. */
export const MAX_COMMAND_LINE_BYTES = 64 * 1024;

/**
 * The arguments with blanks between them. Undefined where the process has none, as a kernel thread or one that has
 * ended, and where it may not be read.
 */
export function readCommandLine(procfsRoot: string, { pid }: ProcessIdentity): string | undefined {
  const bytes = ofProcess(() => readStart(join(procfsRoot, `${pid}`, 'cmdline'), MAX_COMMAND_LINE_BYTES));
  return bytes === undefined ? undefined : parseCommandLine(bytes);
}

/**
 * Each argument ends with a NUL. A program that writes a title over its arguments may leave more of them behind it.
 * Invalid UTF-8 is replaced. Undefined if there is nothing but NULs.
 */
export function parseCommandLine(bytes: Buffer): string | undefined {
  const end = bytes.findLastIndex((byte) => byte !== 0) + 1;
  return end === 0 ? undefined : bytes.toString('utf8', 0, end).replaceAll('\0', ' ');
}
