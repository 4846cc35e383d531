// The manifests of the package managers, written into the folder of a release.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { TARGETS } from '../build-exe/targets.ts';
import type { BaseAddress } from './base-address.ts';
import type { MadeFile } from './files.ts';
import { chocolateyPackage } from './manifests/chocolatey.ts';
import { readMsiProperties } from './manifests/msi-properties.ts';
import type { Download, Installer } from './manifests/product.ts';
import { scoopManifest } from './manifests/scoop.ts';
import { wingetManifests } from './manifests/winget.ts';
import type { ReleasedFile } from './sbom.ts';

/** Of all files of the release those for Windows are taken. `folder` has them. `time` in seconds since 1970. */
export async function writeManifests(
  folder: string,
  files: readonly (MadeFile & ReleasedFile)[],
  base: BaseAddress,
  time: number,
): Promise<void> {
  const zips = forWindows(files, 'archive');
  const installers: Installer[] = [];
  for (const msi of forWindows(files, 'package'))
    installers.push({ ...msi, ...(await readMsiProperties(join(folder, msi.name))) });
  const x64 = installers.find(({ arch }) => arch === 'x64');
  if (x64 === undefined) throw new Error('--base-address: the manifests need the target win32-x64');
  const date = new Date(time * 1000).toISOString().slice(0, 10);
  const manifests = join(folder, 'manifests');
  write(join(manifests, 'winget'), wingetManifests(installers, base, date));
  write(join(manifests, 'scoop'), new Map([['netstat-exporter.json', scoopManifest(zips, base)]]));
  write(join(manifests, 'chocolatey'), chocolateyPackage(x64, base));
}

function forWindows(files: readonly (MadeFile & ReleasedFile)[], kind: MadeFile['kind']): Download[] {
  return files.flatMap(({ name, sha256, target, kind: ofFile }) => {
    if (target === undefined || ofFile !== kind) return [];
    const { platform, arch } = TARGETS[target];
    return platform === 'win32' ? [{ arch, name, sha256 }] : [];
  });
}

function write(folder: string, files: ReadonlyMap<string, string>): void {
  for (const [path, text] of files) {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
}
