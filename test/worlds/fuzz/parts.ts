// Where the parts are that setup.sh has made.
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

const SETUP = join(import.meta.dirname, 'setup.sh');

export interface FuzzParts {
  /** Folder of Debian trixie's C and C++ libraries. */
  readonly libraries: string;
  /** Folder with Jazzer.js in its node_modules. */
  readonly jazzer: string;
  /** Folder for what is kept between runs: the inputs that each showed something new, by target. */
  readonly corpora: string;
}

/** Throws where something is missing: setup.sh makes it. */
export function findParts(): FuzzParts {
  const paths = execFileSync(SETUP, ['--paths'], { encoding: 'utf8' });
  const find = (name: string): string => {
    const path = new RegExp(`^${name}=(.+)$`, 'm').exec(paths)?.[1];
    if (path === undefined) throw new Error(`there is no part ${name}; test/worlds/fuzz/setup.sh makes it`);
    return path;
  };
  return { libraries: find('libraries'), jazzer: find('jazzer'), corpora: find('corpora') };
}
