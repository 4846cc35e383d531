// `npm run build:deb [-- --arch=NAME…]`: makes build/deb/netstat-exporter_VERSION_ARCH.deb, the Debian package: packaging/debian and the units of
// deploy/systemd, with the program as one file. Needs debhelper.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import packageJson from '../package.json' with { type: 'json' };
import { tellMade } from './build-command.ts';
import { debianVersion } from './build-deb/changelog.ts';
import { laySource, PROGRAM } from './build-deb/source.ts';
import { type Architecture, buildPackages, type PackageOptions, putPackage } from './build-packages.ts';
import { readCommit } from './commit.ts';
import { PROJECT } from './run-command.ts';
import { requireTools, runTool } from './run-tool.ts';

export const DEBIAN_PACKAGES = join(PROJECT, 'build', 'deb');

/** Debian's names of processors. */
const DEBIAN_ARCHITECTURES: Readonly<Record<Architecture, string>> = { x64: 'amd64', arm64: 'arm64' };

export const DEB_TOOLS = ['dpkg-buildpackage', 'dh', 'readelf'] as const;

interface DebOptions extends PackageOptions {
  /** 0 for none, or 1 to 9, as xz has it. By default 6, which takes half a minute. */
  readonly compression?: number;
}

/**
 * Resolves with the path of the package. On one system the same files and the same SOURCE_DATE_EPOCH, by default the time of the commit, give the
 * same bytes. Throws Error, with one line.
 */
export async function buildDeb({
  from,
  into,
  arch,
  version = packageJson.version,
  compression = 6,
}: DebOptions): Promise<string> {
  requireTools(...DEB_TOOLS);
  const work = mkdtempSync(join(tmpdir(), 'netstat-exporter-deb-'));
  try {
    const { time } = await readCommit(process.env['SOURCE_DATE_EPOCH']);
    const folder = join(work, PROGRAM);
    await laySource({ folder, from, version, time });
    const architecture = DEBIAN_ARCHITECTURES[arch];
    const options = ['--build=binary', '--no-sign', '--no-check-builddeps', '--no-pre-clean'];
    await runTool('dpkg-buildpackage', [...options, `--host-arch=${architecture}`], {
      cwd: folder,
      env: { COMPRESSION: String(compression) },
    });
    return putPackage(join(work, `${PROGRAM}_${debianVersion(version)}_${architecture}.deb`), into);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

if (import.meta.main)
  await tellMade('build:deb', () =>
    buildPackages('linux', (arch, from) => buildDeb({ from, into: DEBIAN_PACKAGES, arch })),
  );
