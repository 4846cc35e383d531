// The log: pino's lines, as JSON or as logfmt.

import { type Logger, levels, pino, stdTimeFunctions, symbols } from 'pino';
import { escapeControls } from '../config/escape.ts';
import type { LogFormat, LogLevel } from '../config/options.ts';
import type { LogDestination } from './host.ts';
import { formatLogfmt } from './logfmt.ts';

export interface LoggerOptions {
  readonly level: LogLevel;
  readonly format: LogFormat;
  readonly destination: LogDestination;
}

const MAXIMUM_CAUSES = 5;

/**
 * Errors go under the key `err`, with their stack traces only when the level is debug. Names that other people chose
 * may be logged as they are: control characters are escaped in both formats.
 */
export function createLogger({ level, format, destination }: LoggerOptions): Logger {
  const toLine = format === 'json' ? (json: string) => json : formatLogfmt;
  const stream = {
    // pino sets the level of each line then, before it writes it.
    [symbols.needsMetadataGsym]: true as const,
    lastLevel: 0,
    write(jsonLine: string): void {
      const lineLevel = levels.labels[this.lastLevel] as LogLevel;
      destination.write(`${escapeControls(toLine(jsonLine.trimEnd()))}\n`, lineLevel);
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
