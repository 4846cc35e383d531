// The files of a release, made by the builders of each kind of package.
import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import packageJson from '../../package.json' with { type: 'json' };
import { buildDeb } from '../build-deb.ts';
import { TARGETS, type TargetName } from '../build-exe/targets.ts';
import { buildExecutables } from '../build-exe.ts';
import { buildMsi } from '../build-msi.ts';
import { buildNpm } from '../build-npm.ts';
import type { Commit } from '../commit.ts';
import { PROJECT } from '../run-command.ts';
import { type ArchiveOptions, type Contents, makeArchive } from './archives.ts';
import type { ReleaseOptions } from './options.ts';
import type { ReleasedFile } from './sbom.ts';
import { sign } from './signing.ts';

/** What a release is made in and of, while it is made. */
export interface Making {
  readonly options: ReleaseOptions;
  readonly commit: Commit;
  /** What becomes the release's folder. */
  readonly folder: string;
  /** What lies beside it meanwhile. */
  readonly work: string;
}

export interface MadeFile extends Omit<ReleasedFile, 'sha256'> {
  /** An archive is unpacked, a package installed. */
  readonly kind: 'archive' | 'package';
}

/** Of xz: 6 takes four times as long. */
const QUICK = 1;

const NAME = `${packageJson.name}-${packageJson.version}`;

export async function makeFiles(making: Making): Promise<MadeFile[]> {
  const executables = join(making.work, 'executables');
  await buildExecutables(making.options.targets, executables);
  const made: MadeFile[] = [];
  for (const target of making.options.targets)
    made.push(...(await makePlatformFiles(making, target, join(executables, target))));
  return [...made, ...(await makeCommonFiles(making))];
}

/** `from`: the folder of the executable, which is signed before it is packed. */
async function makePlatformFiles(making: Making, target: TargetName, from: string): Promise<MadeFile[]> {
  const { options, folder } = making;
  const { platform, arch, program } = TARGETS[target];
  const isWindows = platform === 'win32';
  if (isWindows) await signIfAsked(making, join(from, program));
  const packed = isWindows
    ? await buildMsi({ from, into: folder, arch })
    : await buildDeb({ from, into: folder, arch, ...(options.isQuick && { compression: QUICK }) });
  if (isWindows) await signIfAsked(making, packed);
  const archive = `${NAME}-${isWindows ? `windows-${arch}.zip` : `linux-${arch}.tar.gz`}`;
  await makeArchive(join(folder, archive), archiveContents(from), archiveOptions(making));
  return [
    { name: basename(packed), target, kind: 'package' },
    { name: archive, target, kind: 'archive' },
  ];
}

async function signIfAsked({ options: { signing }, commit }: Making, file: string): Promise<void> {
  if (signing !== undefined) await sign(file, signing, commit.time);
}

function archiveOptions({ options: { isQuick }, commit: { time }, work }: Making): ArchiveOptions {
  return { time, work, isQuick };
}

/** The executable with what belongs to it, and what is new in it. */
function archiveContents(from: string): Contents {
  const files = readdirSync(from).map((file): [string, string] => [file, join(from, file)]);
  return { ...Object.fromEntries(files), 'CHANGELOG.md': join(PROJECT, 'CHANGELOG.md') };
}

/** What is the same for all platforms: the npm package, and what else is set up for the exporter. */
async function makeCommonFiles(making: Making): Promise<MadeFile[]> {
  const npm = await buildNpm({ into: making.folder });
  const deploy = `${NAME}-deploy.tar.gz`;
  await makeArchive(join(making.folder, deploy), deployContents(), archiveOptions(making));
  return [
    { name: basename(npm), hasProgram: true, kind: 'package' },
    { name: deploy, kind: 'archive' },
  ];
}

/** With the pages that those in `deploy` lead to. */
const BESIDES = ['LICENSE', 'README.md', 'CHANGELOG.md', 'SECURITY.md', 'deploy', 'docs'];

/** The dashboards and alerts are there without the code that makes them. */
function deployContents(): Contents {
  const dashboards = readdirSync(join(PROJECT, 'dashboards')).filter((name) => name !== 'source');
  const paths = [...BESIDES, ...dashboards.map((name) => `dashboards/${name}`)];
  return Object.fromEntries(paths.map((path) => [path, join(PROJECT, path)]));
}
