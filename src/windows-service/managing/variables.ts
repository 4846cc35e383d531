// Names of environment variables in a command line: Windows puts their values in when it starts a service.

import { ConfigError, quote } from '../../config/error.ts';
import { loadKernel32 } from '../../sources/windows/bindings.ts';
import { callFailure } from '../../sources/windows/call-failure.ts';
import type { WindowsLibraries } from '../../sources/windows/libraries.ts';
import { decodeUtf16, wideString } from '../../sources/windows/utf16.ts';
import { loadExpandVariables } from './bindings.ts';

/** What a text can grow to: no command line of Windows is longer. */
const MAX_EXPANDED_UNITS = 32_768;
/** What may be a variable: `%TEMP%`. */
const MAYBE_VARIABLE = /%[^%]+%/;

/**
 * Throws a ConfigError when Windows would put the value of a variable into the command line, which it keeps as REG_EXPAND_SZ.
 * There is no way to write a per cent sign otherwise; those that name no variable stay as they are.
 */
export function refuseVariables(commandLine: string, { kernel32 }: Pick<WindowsLibraries, 'kernel32'>): void {
  if (!MAYBE_VARIABLE.test(commandLine)) return;
  const expanded = new Uint16Array(MAX_EXPANDED_UNITS);
  const units = loadExpandVariables(kernel32)(wideString(commandLine), expanded, expanded.length);
  if (units === 0) {
    const functions = loadKernel32(kernel32);
    throw callFailure(functions, 'ExpandEnvironmentStringsW', functions.getLastError());
  }
  const text = decodeUtf16(expanded.subarray(0, units - 1));
  if (text === commandLine) return;
  throw new ConfigError(
    `the service's command line names an environment variable, for which Windows would put in its value: ${quote(firstVariable(commandLine, text))}; allowed: per cent signs with no variable's name between them`,
  );
}

/** What stands where the two begin to differ. */
function firstVariable(commandLine: string, expanded: string): string {
  let at = 0;
  while (commandLine[at] === expanded[at]) at++;
  return MAYBE_VARIABLE.exec(commandLine.slice(at))?.[0] ?? commandLine;
}
