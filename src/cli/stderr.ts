// Writing whole lines to stderr.

import { writeSync } from 'node:fs';

const STDERR = 2;
/** A stderr that somebody made non-blocking can be full for a moment (EAGAIN). */
const MAXIMUM_WRITES_PER_LINE = 50;
const FULL_PAUSE_MS = 1;

/**
 * Synchronous, so that the last line before the end is written. A line that cannot be written (EPIPE, EBADF under Wine,
 * EAGAIN for too long) is lost: the exporter goes on without a log.
 */
export function createStderr(): { write(line: string): void } {
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

/**
 * For what a command says besides its output. Resolves when it is written, or lost as a line of the log would be: a full
 * disk there does not undo what the command has done.
 */
export function sayLine(line: string): Promise<void> {
  const { stderr } = process;
  // Without a listener the error would end the program.
  if (stderr.listenerCount('error') === 0) stderr.on('error', () => {});
  return new Promise((resolve) => void stderr.write(`${line}\n`, () => resolve()));
}
