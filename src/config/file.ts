// Reading the files of the configuration: a path in, bytes or text out.

import { open, stat } from 'node:fs/promises';
import { ConfigError, quote, reasonOf } from './error.ts';

/** Hundreds of times what all options take. */
export const MAXIMUM_CONFIG_FILE_BYTES = 65_536;

/** Most files fit into one. */
const CHUNK_BYTES = 16_384;

/** Reads the first bytes of a file, at most `maximumBytes`. Rejects as node:fs does. */
export type ReadFile = (path: string, maximumBytes: number) => Promise<Uint8Array>;

/** Also reads what has no size, such as a pipe. */
export async function readFileHead(path: string, maximumBytes: number): Promise<Uint8Array> {
  const handle = await open(path);
  try {
    const chunks: Uint8Array[] = [];
    let length = 0;
    while (length < maximumBytes) {
      const chunk = new Uint8Array(Math.min(CHUNK_BYTES, maximumBytes - length));
      const { bytesRead } = await handle.read(chunk, 0, chunk.length, null);
      if (bytesRead === 0) break;
      chunks.push(chunk.subarray(0, bytesRead));
      length += bytesRead;
    }
    return Buffer.concat(chunks);
  } finally {
    await handle.close();
  }
}

/** For what is read again and again: a pipe would be empty the second time, and opening one can take for ever. */
export async function readRegularFile(path: string, maximumBytes: number): Promise<Uint8Array> {
  if (!(await stat(path)).isFile()) throw new Error('not a file');
  return await readFileHead(path, maximumBytes);
}

export interface TextFile {
  /** What named the file, for errors: `--config.file`. */
  readonly where: string;
  readonly path: string;
  readonly maximumBytes: number;
  readonly readFile: ReadFile;
}

/** The whole text of a YAML file, without a byte order mark. Throws ConfigError. */
export async function readYamlText({ where, path, maximumBytes, readFile }: TextFile): Promise<string> {
  const file = `${where}: ${quote(path)}`;
  let bytes: Uint8Array;
  try {
    bytes = await readFile(path, maximumBytes + 1);
  } catch (error) {
    throw new ConfigError(`${file} cannot be read (${reasonOf(error)}); allowed: a readable YAML file`);
  }
  if (bytes.length > maximumBytes)
    throw new ConfigError(`${file} is too large; allowed: at most ${maximumBytes} bytes`);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new ConfigError(`${file} is not UTF-8 text; allowed: a YAML file saved as UTF-8`);
  }
}
