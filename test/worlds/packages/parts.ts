// Where the parts are that setup.sh has made.
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

const SETUP = join(import.meta.dirname, 'setup.sh');

/** The folder of a part; undefined where there is none: `npm run test:packages` makes it. */
export function findPart(name: string): string | undefined {
  const paths = execFileSync(SETUP, ['--paths'], { encoding: 'utf8' });
  return new RegExp(`^${name}=(.+)$`, 'm').exec(paths)?.[1];
}
