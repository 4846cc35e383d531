// The log: pino's lines, as JSON or as logfmt.

import { type Logger, pino, stdTimeFunctions } from 'pino';
import { escapeControls } from '../config/escape.ts';
import type { LogFormat, LogLevel } from '../config/options.ts';
import { formatLogfmt } from './logfmt.ts';
import { createStderr } from './stderr.ts';

export interface LoggerOptions {
  readonly level: LogLevel;
  readonly format: LogFormat;
  /** Gets whole lines, with their line feeds. Stderr unless given. It must not throw. */
  readonly destination?: { write(line: string): void };
}

const MAXIMUM_CAUSES = 5;

/**
 * Errors go under the key `err`, with their stack traces only when the level is debug. Names that other people chose
 * may be logged as they are: control characters are escaped in both formats.
 */
export function createLogger({ level, format, destination = createStderr() }: LoggerOptions): Logger {
  const toLine = format === 'json' ? (json: string) => json : formatLogfmt;
  const stream = {
    write(jsonLine: string): void {
      destination.write(`${escapeControls(toLine(jsonLine.trimEnd()))}\n`);
    },
  };
  const options = {
    level,
    base: null,
    timestamp: stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
    serializers: { err: (error: unknown) => describeError(error, level === 'debug') },
  };
  return pino(options, stream);
}

function describeError(error: unknown, withStack: boolean): unknown {
  if (!(error instanceof Error)) return error;
  const { code } = error as NodeJS.ErrnoException;
  return { type: error.name, message: messageWithCauses(error), code, stack: withStack ? error.stack : undefined };
}

function messageWithCauses(error: Error): string {
  const messages = [error.message];
  let { cause } = error;
  while (cause instanceof Error && messages.length <= MAXIMUM_CAUSES) {
    messages.push(cause.message);
    cause = cause.cause;
  }
  return messages.join(': ');
}
