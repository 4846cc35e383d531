// Reading the configuration file: a path in, text out.

import { open } from 'node:fs/promises';
import { ConfigError, quote, reasonOf } from './error.ts';

/** Hundreds of times what all options take. */
export const MAXIMUM_CONFIG_FILE_BYTES = 65_536;

/** Reads the first bytes of a file, at most `maximumBytes`. Rejects as node:fs does. */
export type ReadFile = (path: string, maximumBytes: number) => Promise<Uint8Array>;

/** Also reads what has no size, such as a pipe. */
export async function readFileHead(path: string, maximumBytes: number): Promise<Uint8Array> {
  const handle = await open(path);
  try {
    const buffer = new Uint8Array(maximumBytes);
    let length = 0;
    while (length < maximumBytes) {
      const { bytesRead } = await handle.read(buffer, length, maximumBytes - length, null);
      if (bytesRead === 0) break;
      length += bytesRead;
    }
    return buffer.subarray(0, length);
  } finally {
    await handle.close();
  }
}

/** The whole text of the configuration file, without a byte order mark. Throws ConfigError. */
export async function readConfigFile(path: string, readFile: ReadFile): Promise<string> {
  const where = `--config.file: ${quote(path)}`;
  let bytes: Uint8Array;
  try {
    bytes = await readFile(path, MAXIMUM_CONFIG_FILE_BYTES + 1);
  } catch (error) {
    throw new ConfigError(`${where} cannot be read (${reasonOf(error)}); allowed: a readable YAML file`);
  }
  if (bytes.length > MAXIMUM_CONFIG_FILE_BYTES) {
    throw new ConfigError(`${where} is too large; allowed: at most ${MAXIMUM_CONFIG_FILE_BYTES} bytes`);
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new ConfigError(`${where} is not UTF-8 text; allowed: a YAML file saved as UTF-8`);
  }
}
