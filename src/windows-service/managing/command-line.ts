// The command line of a service: one text, in which each argument is quoted as the C runtime of Windows reads it.

import { win32 } from 'node:path';
import { ConfigError, quote } from '../../config/error.ts';

/**
 * CreateServiceW takes 32,767 units (SC_MAX_PATH_LENGTH, [MS-SCMR] 2.2.56), but QueryServiceConfigW gives no more than
 * 8 KiB for all texts of a service: with a longer one nobody could see any more how it is installed.
 */
export const MAX_COMMAND_LINE_UNITS = 3500;

/** With a drive or a server; in a path no quotation mark is possible. */
const FULL_PATH = /^(?:[a-z]:\\|\\\\)[^"]*$/i;
/** What ends an argument, and what would be lost at the end of a registry value or of a line. */
const UNQUOTABLE = /[\0\r\n]/;
const NEEDS_QUOTES = /[\s"]/;
/** Backslashes are themselves, but before a quotation mark. */
const BACKSLASHES_AND_QUOTE = /(\\*)"/g;
const BACKSLASHES_AT_END = /(\\*)$/;

/**
 * `"C:\Program Files\x.exe" --flag "an argument"`: CommandLineToArgvW (shellapi.h) and the C runtime ("Parsing C command-line
 * arguments") give back what was put in. The program is always quoted: of a path with spaces Windows would try each part.
 * Throws a ConfigError for what no command line can hold.
 */
export function commandLine(executable: string, args: readonly string[]): string {
  if (!FULL_PATH.test(executable)) {
    throw new ConfigError(
      `${quote(executable)} cannot be a service's program; allowed: a full path, as C:\\folder\\program.exe`,
    );
  }
  for (const text of [executable, ...args]) refuseUnquotable(text);
  const line = [`"${executable}"`, ...args.map(quoteArgument)].join(' ');
  if (line.length <= MAX_COMMAND_LINE_UNITS) return line;
  throw new ConfigError(
    `the service's command line has ${line.length} characters; allowed: at most ${MAX_COMMAND_LINE_UNITS}; write flags into a file for --config.file`,
  );
}

function refuseUnquotable(text: string): void {
  if (!UNQUOTABLE.test(text)) return;
  throw new ConfigError(`${quote(text)} cannot be in a service's command line; allowed: no line break and no NUL`);
}

function quoteArgument(argument: string): string {
  if (argument !== '' && !NEEDS_QUOTES.test(argument)) return argument;
  const escaped = argument.replace(BACKSLASHES_AND_QUOTE, '$1$1\\"').replace(BACKSLASHES_AT_END, '$1$1');
  return `"${escaped}"`;
}

/** What stands between the first quotation marks; else what ends in .exe, which may have spaces in it; else the first word. */
const PROGRAM = /^\s*(?:"(?<quoted>[^"]*)"|(?<exe>.*?\.exe)(?=\s|$)|(?<word>\S*))/i;

/** The path of the program that a command line starts, as it is written there. */
export function programPath(line: string): string {
  const { quoted, exe, word } = PROGRAM.exec(line)?.groups ?? {};
  return quoted ?? exe ?? word ?? '';
}

/** Where the program ends in a command line, and its arguments begin. */
export function programEnd(line: string): number {
  return PROGRAM.exec(line)?.[0].length ?? 0;
}

/** Its file name, in lower case: `netstat-exporter.exe`. */
export function programName(line: string): string {
  return win32.basename(programPath(line)).toLowerCase();
}
