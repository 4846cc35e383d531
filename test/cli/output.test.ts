import { Writable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { writeAll } from '../../src/cli/output.ts';

/** A stream to which nothing can be written, for a reason of the OS. */
function failing(code: string, isTTY = false): NodeJS.WriteStream {
  const stream = new Writable({
    write(_chunk, _encoding, done) {
      done(Object.assign(new Error(`write ${code}`), { code }));
    },
  });
  return Object.assign(stream, { isTTY }) as unknown as NodeJS.WriteStream;
}

describe('writing', () => {
  it.each([
    ['EPIPE', false],
    ['EOF', false],
    ['EIO', true],
  ])('to somebody who reads no more ends without an error: %s', async (code, isTTY) => {
    await expect(writeAll(failing(code, isTTY), ['text'])).resolves.toBe(false);
  });

  it.each(['ENOSPC', 'EIO'])('to a file that cannot be written fails: %s', async (code) => {
    await expect(writeAll(failing(code), ['text'])).rejects.toThrow(`cannot write to stdout: write ${code}`);
  });
});
