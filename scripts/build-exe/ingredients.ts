// Node.js and koffi's binary of a target. They come from npm by a lock file of their own for each, and are kept in
// $XDG_CACHE_HOME/netstat-exporter/executable (~/.cache by default).
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { PROJECT, runCommand } from '../run-command.ts';
import type { Target } from './targets.ts';

export interface Ingredients {
  readonly node: Buffer;
  readonly nodeVersion: string;
  readonly koffi: Buffer;
}

export async function findIngredients({ packaging, platform, arch, node, koffi }: Target): Promise<Ingredients> {
  const folder = await installed(join(PROJECT, 'packaging', packaging), platform, arch);
  const inPackage = (...path: readonly string[]): Buffer => readPresent(join(folder, 'node_modules', ...path));
  const { version } = JSON.parse(inPackage(node[0], 'package.json').toString());
  return { node: inPackage(...node), nodeVersion: version, koffi: inPackage(...koffi) };
}

/** The folder where the packages of a lock file are installed. Its name has the file's hash, and it is there only when whole. */
async function installed(source: string, platform: string, arch: string): Promise<string> {
  const lockFile = join(source, 'package-lock.json');
  const hash = createHash('sha256').update(readFileSync(lockFile)).digest('hex').slice(0, 16);
  const caches = process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache');
  const folder = join(caches, 'netstat-exporter', 'executable', `${platform}-${arch}-${hash}`);
  if (existsSync(folder)) return folder;
  mkdirSync(dirname(folder), { recursive: true });
  const making = mkdtempSync(`${folder}.`);
  try {
    for (const file of ['package.json', 'package-lock.json']) cpSync(join(source, file), join(making, file));
    const options = ['--ignore-scripts', '--no-fund', '--no-audit', `--os=${platform}`, `--cpu=${arch}`];
    if ((await runCommand('npm', ['ci', '--prefix', making, ...options])) !== 0)
      throw new Error(`npm could not install the packages of ${lockFile}`);
    keep(making, folder);
  } finally {
    rmSync(making, { recursive: true, force: true });
  }
  return folder;
}

/** Another build may have been faster. */
function keep(making: string, folder: string): void {
  try {
    renameSync(making, folder);
  } catch (error) {
    if (!existsSync(folder)) throw error;
  }
}

/** npm leaves an optional package out that it cannot get, or that has another integrity than its lock file says, without a word. */
function readPresent(path: string): Buffer {
  if (!existsSync(path))
    throw new Error(
      `${path} is not there: npm could not get its package, or it has another integrity than its lock file says`,
    );
  return readFileSync(path);
}
