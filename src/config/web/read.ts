// The web configuration from the text of its file.

import type { ReadFile } from '../file.ts';
import type { FilePrints } from './file-prints.ts';
import { readHeaders, readHttp2 } from './http.ts';
import { readRateLimit } from './rate-limit.ts';
import { readWritten } from './read-written.ts';
import { readTls } from './tls.ts';
import { readUsers } from './users.ts';
import type { WebConfig } from './web-config.ts';

export interface WebConfigText {
  readonly path: string;
  readonly text: string;
  /** For the files that it names. */
  readonly readFile: ReadFile;
  /** Of all that is read. */
  readonly files: FilePrints;
}

/** Rejects with ConfigError. */
export async function readWebConfig({ path, text, readFile, files }: WebConfigText): Promise<WebConfig> {
  const written = readWritten(path, text);
  const notes: string[] = [];
  readHttp2(written, notes);
  const headers = readHeaders(written);
  const users = readUsers(written, notes);
  const rateLimit = readRateLimit(written, notes);
  const tls = await readTls({ written, path, readFile, notes });
  const config = { tls, headers, users, rateLimit };
  noteWhatIsOpen(path, config, notes);
  return Object.freeze({ ...config, notes: Object.freeze(notes), files });
}

function noteWhatIsOpen(path: string, config: Omit<WebConfig, 'notes' | 'files'>, notes: string[]): void {
  const { tls, headers, users, rateLimit } = config;
  if (tls !== undefined) return;
  if (users.size > 0) notes.push(`${path}: users, but no TLS: passwords are not encrypted on their way`);
  else if (rateLimit === undefined && Object.keys(headers).length === 0) notes.push(`${path}: nothing is configured`);
}
