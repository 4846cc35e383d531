// The build context of an image: what a checkout of this tree has, and not what git ignores, as node_modules.
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const PROJECT = fileURLToPath(new URL('../../..', import.meta.url));

export function copyCheckout(place: string): void {
  const files = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: PROJECT,
    encoding: 'utf8',
  });
  for (const file of files.split('\0'))
    if (file !== '' && existsSync(join(PROJECT, file))) cpSync(join(PROJECT, file), join(place, file));
}
