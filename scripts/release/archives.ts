// Archives that are the same bytes each time: entries in order, with one time, no owners, and two modes.
import { chmodSync, cpSync, mkdirSync, readdirSync, rmSync, statSync, utimesSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { runTool } from '../run-tool.ts';

/** What lies in an archive, by its path below the archive's one folder; a folder is taken whole. */
export type Contents = Readonly<Record<string, string>>;

export interface ArchiveOptions {
  /** Of all entries, in seconds since 1970. */
  readonly time: number;
  /** A folder to lay the contents out in. */
  readonly work: string;
  /** Packed as fast as can be. */
  readonly isQuick: boolean;
}

/** Makes `archive`, by its ending a .zip or a .tar.gz, whose one folder has its name. */
export async function makeArchive(archive: string, contents: Contents, options: ArchiveOptions): Promise<void> {
  const { time, work } = options;
  const top = basename(archive).replace(/\.(?:zip|tar\.gz)$/, '');
  const folder = join(work, top);
  try {
    for (const [path, source] of Object.entries(contents)) {
      mkdirSync(join(folder, path, '..'), { recursive: true });
      cpSync(source, join(folder, path), { recursive: true });
    }
    const paths = evenOut(folder, time).map((path) => relative(work, path));
    if (archive.endsWith('.zip')) await zip(archive, paths, options);
    else await tarGz(archive, top, options);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Gives all below the folder, and itself, one time, and the modes that they have in any checkout. The paths, sorted. */
function evenOut(folder: string, time: number): string[] {
  const below = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((path) => join(folder, path));
  const paths = [folder, ...below].sort();
  for (const path of paths) {
    const { mode } = statSync(path);
    chmodSync(path, mode & 0o100 ? 0o755 : 0o644);
  }
  for (const path of paths) utimesSync(path, time, time);
  return paths;
}

/** -X: no owners, and no times but those that every zip has; -D: folders are not entries. */
async function zip(archive: string, paths: readonly string[], { work, isQuick }: ArchiveOptions): Promise<void> {
  await runTool('zip', ['-q', '-X', '-D', ...(isQuick ? ['-1'] : []), archive, ...paths], { cwd: work });
}

/** gzip writes neither a name nor a time, as it reads from a pipe. */
async function tarGz(archive: string, top: string, { work, isQuick }: ArchiveOptions): Promise<void> {
  const even = ['--format=ustar', '--sort=name', '--owner=0', '--group=0', '--numeric-owner'];
  const packed = `--use-compress-program=gzip${isQuick ? ' --fast' : ''}`;
  await runTool('tar', ['--create', ...even, packed, `--file=${archive}`, top], { cwd: work });
}
