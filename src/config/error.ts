// The errors of the configuration: one line that says where, what stands there, and what is allowed.

import { escapeControls } from './escape.ts';

/** How much of a bad value is shown. */
const MAXIMUM_SHOWN_LENGTH = 80;

/** The configuration cannot be used. `message` is one line, fit to be shown as it is; the program ends with exit code 2. */
export class ConfigError extends Error {
  constructor(message: string) {
    super(escapeControls(message));
    this.name = 'ConfigError';
  }
}

/** Thrown by the parser of a value, which does not know where the text stands: "`text` PROBLEM; allowed: ALLOWED". */
export class ValueError extends Error {
  readonly problem: string;
  readonly allowed: string;

  constructor(problem: string, allowed: string) {
    super(`${problem}; allowed: ${allowed}`);
    this.name = 'ValueError';
    this.problem = problem;
    this.allowed = allowed;
  }
}

/** `text` in double quotes, cut to a length that fits a line. */
export function quote(text: string): string {
  const shown = text.length > MAXIMUM_SHOWN_LENGTH ? `${text.slice(0, MAXIMUM_SHOWN_LENGTH)}…` : text;
  return JSON.stringify(shown);
}

/** The text of whatever was thrown. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
