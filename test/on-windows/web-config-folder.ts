// A folder with a web configuration and the certificates that it names, as people have them on Windows.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { makeAuthority, makeIdentity } from './made-certificates.ts';

/** What Notepad writes first where it is told to save as "UTF-8 with BOM". */
const BYTE_ORDER_MARK = '\ufeff';
/** Windows does not let go of a file at once when the program that had it has ended. */
const REMOVE_RETRIES = 20;

/** Has signed all certificates of servers. */
export const authority = makeAuthority('test authority');

export interface WebConfigFolder {
  readonly folder: string;
  /** Of `certificates\server.pem`; its key is beside it, as server.key. */
  readonly certificate: string;
  readonly key: string;
  /** Writes web.yml as Notepad does. Its path. */
  save(...lines: readonly string[]): string;
}

/** What web.yml says of the two, relative, with a slash of either kind. */
export const SERVER = [
  'tls_server_config:',
  '  cert_file: certificates\\server.pem',
  '  key_file: certificates/server.key',
] as const;

const made: string[] = [];
afterAll(() => {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, maxRetries: REMOVE_RETRIES });
});

/** `C:\…\Prüfung der Häfen …`, with authority.pem and the folder `certificates`. Goes with the test file. */
export function makeFolder(): WebConfigFolder {
  const folder = mkdtempSync(join(tmpdir(), 'Prüfung der Häfen '));
  made.push(folder);
  mkdirSync(join(folder, 'certificates'));
  const certificate = join(folder, 'certificates', 'server.pem');
  const key = join(folder, 'certificates', 'server.key');
  const server = makeIdentity('server', authority);
  writeFileSync(certificate, server.certificate);
  writeFileSync(key, server.key);
  writeFileSync(join(folder, 'authority.pem'), authority.certificate);
  return {
    folder,
    certificate,
    key,
    save: (...lines) => {
      const path = join(folder, 'web.yml');
      writeFileSync(path, BYTE_ORDER_MARK + lines.map((line) => `${line}\r\n`).join(''));
      return path;
    },
  };
}
