// The executable for Linux: built for the tests of one file, put where nothing else is, and run as a user would.
import { execFileSync, spawn } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  existsSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildExecutables } from '../../scripts/build-exe.ts';
import type { ProgramProcess } from '../support/program.ts';

/** An ordinary user: nobody on this host has the number, and the user's processes see a list of users with this one in it. */
const USER_ID = 47_110;

export interface BuiltExecutable extends Disposable {
  /** Where `npm run build:exe` puts it. */
  readonly folder: string;
  /** The executable alone, in a folder of its own. */
  alone(): Place;
}

export interface Place {
  readonly folder: string;
  readonly program: string;
  /** The home of who runs it. */
  readonly home: string;
}

export async function buildForLinux(): Promise<BuiltExecutable> {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'netstat-exporter-executable-')));
  // The ordinary user goes through it.
  chmodSync(root, 0o755);
  await buildExecutables(['linux-x64'], root);
  const folder = join(root, 'linux-x64');
  return {
    folder,
    alone() {
      const place = mkdtempSync(join(root, 'alone-'));
      chmodSync(place, 0o755);
      const program = join(place, 'netstat-exporter');
      linkSync(join(folder, 'netstat-exporter'), program);
      return { folder: place, program, home: mkdtempSync(join(root, 'home-')) };
    },
    [Symbol.dispose]: () => rmSync(root, { recursive: true }),
  };
}

export interface Started {
  readonly args?: readonly string[];
  /** All that is in its environment. */
  readonly environment?: Readonly<Record<string, string>>;
}

/** Starts it as this user, who has a home folder that is left alone: koffi's binary goes to the place's home. */
export function start({ program, folder, home }: Place, { args = [], environment = {} }: Started = {}): ProgramProcess {
  return spawn(program, args, {
    cwd: folder,
    env: { CACHE_DIRECTORY: home, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

/** Starts it as an ordinary user with that home. Needs root, for a mount namespace that shows another list of users. */
export function startAsOrdinaryUser(place: Place, { args = [], environment = {} }: Started = {}): ProgramProcess {
  const { program, folder, home } = place;
  if (existsSync(home)) chownSync(home, USER_ID, USER_ID);
  const users = join(folder, '..', 'passwd');
  writeFileSync(users, `root:x:0:0::/root:/bin/sh\nordinary:x:${USER_ID}:${USER_ID}::${home}:/bin/sh\n`);
  const script = `mount --bind "$0" /etc/passwd; exec setpriv --reuid=${USER_ID} --regid=${USER_ID} --clear-groups "$@"`;
  return spawn('unshare', ['--mount', 'sh', '-euc', script, users, program, ...args], {
    cwd: folder,
    env: { PATH: process.env['PATH'], ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

/** Whether this host lets tests do what `startAsOrdinaryUser` does. */
export function canBeOrdinaryUser(): boolean {
  try {
    execFileSync('unshare', ['--mount', 'true'], { stdio: 'ignore' });
    return process.geteuid?.() === 0;
  } catch {
    return false;
  }
}

/** A package that says so when it is loaded, in the node_modules of a folder. */
export function plantPackage(folder: string, name: string, marker: string): void {
  const place = join(folder, 'node_modules', name);
  mkdirSync(place, { recursive: true });
  writeFileSync(join(place, 'package.json'), JSON.stringify({ name, main: 'index.js' }));
  writeFileSync(join(place, 'index.js'), `require('node:fs').writeFileSync(${JSON.stringify(marker)}, '')`);
}
