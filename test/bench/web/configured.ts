// The program with a web configuration file, for the benchmarks of a closed server.
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { hashSync } from 'bcryptjs';

export const SOURCE = `--source=replay:${fileURLToPath(new URL('../../fixtures/windows-server.jsonl', import.meta.url))}`;

export const PASSWORD = 'right';

/** The lines of a user `known` whose password's hash is of this cost. */
export function usersOf(cost: number): string {
  return `basic_auth_users:\n  known: ${hashSync(PASSWORD, cost)}\n`;
}

/** The flag for a file with these lines, which is written; the certificates are in the folder of the file. */
export function configured(file: string, ...lines: readonly string[]): string {
  writeFileSync(file, lines.join(''));
  return `--web.config.file=${file}`;
}
