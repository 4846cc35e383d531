// The log: pino's lines, as JSON or as logfmt, written at once to stderr.

import { writeSync } from 'node:fs';
import { type Logger, pino, stdTimeFunctions } from 'pino';
import { escapeControls } from '../config/escape.ts';
import type { LogFormat, LogLevel } from '../config/options.ts';

export interface LoggerOptions {
  readonly level: LogLevel;
  readonly format: LogFormat;
  /** Gets whole lines, with their line feeds. Stderr unless given. It must not throw. */
  readonly destination?: { write(line: string): void };
}

const STDERR = 2;
/** A stderr that somebody made non-blocking can be full for a moment (EAGAIN). */
const MAXIMUM_WRITES_PER_LINE = 50;
const FULL_PAUSE_MS = 1;
/** Objects nested deeper than this are written as JSON. */
const MAXIMUM_LOGFMT_DEPTH = 4;
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

/** One line of pino's JSON as logfmt: time, level and message first, then the keys in their order. */
function formatLogfmt(json: string): string {
  const { time, level, msg, ...fields } = JSON.parse(json) as Record<string, unknown>;
  const message = msg === undefined ? {} : { msg };
  return logfmtPairs({ time, level, ...message, ...fields }, '', 1).join(' ');
}

/** Nested objects become keys with dots: `err.code=EACCES`. */
function logfmtPairs(fields: object, prefix: string, depth: number): string[] {
  return Object.entries(fields).flatMap(([key, value]: [string, unknown]) => {
    const name = prefix + logfmtKey(key);
    const nested = typeof value === 'object' && value !== null && !Array.isArray(value);
    if (nested && depth < MAXIMUM_LOGFMT_DEPTH) return logfmtPairs(value, `${name}.`, depth + 1);
    return [`${name}=${logfmtValue(value)}`];
  });
}

function logfmtKey(key: string): string {
  return key === '' ? '_' : key.replace(/[\s="\\\p{C}]/gu, '_');
}

/** Bare where it is one word, otherwise quoted as in JSON; a list is its JSON text. */
function logfmtValue(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return /^[^\s="\\\p{C}]+$/u.test(text) ? text : JSON.stringify(text);
}

/**
 * Synchronous, so that the last line before the end is written. A line that cannot be written (EPIPE, EBADF under Wine,
 * EAGAIN for too long) is lost: the exporter goes on without a log.
 */
function createStderr(): { write(line: string): void } {
  const pause = new Int32Array(new SharedArrayBuffer(4));
  let stuck = false;
  return {
    write(line) {
      let rest = Buffer.from(line);
      // After a line was lost the next ones do not wait, or a reader that has stopped would slow everything down.
      const writes = stuck ? 1 : MAXIMUM_WRITES_PER_LINE;
      for (let write = 0; write < writes && rest.length > 0; write++) {
        try {
          rest = rest.subarray(writeSync(STDERR, rest));
        } catch (error) {
          if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') break;
          if (!stuck) Atomics.wait(pause, 0, 0, FULL_PAUSE_MS);
        }
      }
      stuck = rest.length > 0;
    },
  };
}
