// Names of environment variables in a command line: Windows puts their values in when it starts a service.

import { ConfigError, quote } from '../../config/error.ts';

/** What is taken for a variable, if there is one of that name: `%TEMP%`. */
const VARIABLE = /%[^%]+%/;

/**
 * Throws a ConfigError for what Windows may take for a variable: it keeps the command line as REG_EXPAND_SZ, and there is no
 * other way to write a per cent sign. Which variables there are when the service starts, nobody can tell before.
 */
export function refuseVariables(commandLine: string): void {
  const [variable] = VARIABLE.exec(commandLine) ?? [];
  if (variable === undefined) return;
  throw new ConfigError(
    `the service's command line has ${quote(variable)}, in whose place Windows would put the value of an environment variable; allowed: the value in the file of --config.file`,
  );
}
