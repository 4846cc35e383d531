// A text that somebody wrote, as the value that it stands for.

import { ConfigError, quote, ValueError } from './error.ts';

/** A text that somebody wrote for a value, and where, as an error names it: `--log.level`, `FILE:3: log.level`. */
export interface Written {
  readonly text: string;
  readonly where: string;
}

/** Parses one text; a ValueError becomes a ConfigError that says where the text stands, and shows it unless it is secret. */
export function parseWritten<T>(
  { text, where }: Written,
  parse: (text: string) => T,
  isSecret?: (text: string) => boolean,
): T {
  try {
    return parse(text);
  } catch (error) {
    if (!(error instanceof ValueError)) throw error;
    const shown = isSecret?.(text) ? 'the value (not shown)' : quote(text);
    throw new ConfigError(`${where}: ${shown} ${error.problem}; allowed: ${error.allowed}`);
  }
}
