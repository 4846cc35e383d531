// Writing to stdout as fast as whoever reads it, until that one has read enough.

/** Many lines are written at once: a write costs more than a line. In UTF-16 units. */
const CHUNK_LENGTH = 65_536;

/**
 * Resolves when all is written, with false where nobody reads any more: a pipe that was closed (`| head`), a terminal that
 * is gone. Rejects where writing fails otherwise, as on a full disk.
 */
export async function writeAll(stream: NodeJS.WriteStream, texts: Iterable<string>): Promise<boolean> {
  // Errors come to the callbacks as well; without a listener each would end the program.
  if (stream.listenerCount('error') === 0) stream.on('error', () => {});
  for (const chunk of inChunks(texts)) {
    const error = await write(stream, chunk);
    if (error === undefined) continue;
    if (isGone(stream, error)) return false;
    throw new Error(`cannot write to stdout: ${error.message}`);
  }
  return true;
}

/** Prints what a command was asked for. Rejects as writeAll does; where nobody reads any more that is no failure. */
export async function print(text: string): Promise<void> {
  await writeAll(process.stdout, [text]);
}

function* inChunks(texts: Iterable<string>): Generator<string> {
  let chunk = '';
  for (const text of texts) {
    chunk += text;
    if (chunk.length < CHUNK_LENGTH) continue;
    yield chunk;
    chunk = '';
  }
  if (chunk !== '') yield chunk;
}

/** Resolves when the stream has handed the text over. */
function write(stream: NodeJS.WriteStream, text: string): Promise<NodeJS.ErrnoException | undefined> {
  return new Promise((resolve) => {
    stream.write(text, (error) => resolve(error ?? undefined));
  });
}

/** On Windows a pipe whose reader has left is at its end (libuv's UV_EOF for ERROR_BROKEN_PIPE). */
function isGone(stream: NodeJS.WriteStream, { code }: NodeJS.ErrnoException): boolean {
  return code === 'EPIPE' || code === 'EOF' || (code === 'EIO' && stream.isTTY);
}

/** Columns of a terminal; undefined where there is none, or it does not tell. */
export function widthOf({ isTTY, columns }: NodeJS.WriteStream): number | undefined {
  return isTTY && columns > 0 ? columns : undefined;
}

/** Each with its end. */
export function* asLines(lines: Iterable<string>): Generator<string> {
  for (const line of lines) yield `${line}\n`;
}
