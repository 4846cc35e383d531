// Stands for gcr.io/distroless/cc-debian13, which is made of Debian's packages: their files, from a root of Debian 13 that has
// been installed. Names are those of base/config.bzl and cc/config.bzl in its sources. Left out are those that no library of
// the program is in: libgomp1, ca-certificates, media-types, netbase.
import { execFileSync } from 'node:child_process';
import { existsSync, lstatSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const PACKAGES = ['base-files', 'libc6', 'libgcc-s1', 'libssl3t64', 'libstdc++6', 'libzstd1', 'tzdata', 'zlib1g'];
/** Links of /lib to /usr/lib and so on, which no package has. */
const MERGED = ['bin', 'lib', 'lib64', 'sbin'];

/** Copies them from `debian` to `folder`. */
export function layOutDistroless(debian: string, folder: string): void {
  const paths = PACKAGES.flatMap((name) => filesOf(debian, name)).filter((path) => isThere(join(debian, path)));
  mkdirSync(folder, { recursive: true });
  const list = [...MERGED, ...paths].join('\0');
  const packed = execFileSync('tar', ['-C', debian, '-c', '--no-recursion', '--null', '--files-from=-'], {
    input: list,
    maxBuffer: 256 * 1024 * 1024,
  });
  execFileSync('tar', ['-C', folder, '-x', '--keep-directory-symlink'], { input: packed });
}

/** dpkg's list of a package: paths from the root, folders before what is in them. */
function filesOf(debian: string, name: string): string[] {
  const lists = join(debian, 'var/lib/dpkg/info');
  const list = readdirSync(lists).find(
    (file) => file === `${name}.list` || (file.startsWith(`${name}:`) && file.endsWith('.list')),
  );
  if (list === undefined) throw new Error(`${debian} has no package ${name}`);
  const paths = readFileSync(join(lists, list), 'utf8').split('\n');
  return paths.map((path) => path.slice(1)).filter((path) => path !== '' && path !== '.');
}

function isThere(path: string): boolean {
  return existsSync(path) || lstatSync(path, { throwIfNoEntry: false }) !== undefined;
}
