// npm packages as components: what lock files say of them, and which of them need which.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Enums, Models } from '@cyclonedx/cyclonedx-library';
import { purl, withLicence } from './components.ts';

interface LockedPackage {
  readonly version: string;
  readonly integrity?: string;
  readonly license?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

/** The packages of a lock file, by their folders: `node_modules/NAME`, and below those. */
export type LockedPackages = Readonly<Record<string, LockedPackage>>;

export function readLockFile(folder: string): LockedPackages {
  return JSON.parse(readFileSync(join(folder, 'package-lock.json'), 'utf8')).packages;
}

/** The packages of some folders as components, by these. Each depends on what it needs, as far as it is among them. */
export function packageComponents(locked: LockedPackages, folders: readonly string[]): Map<string, Models.Component> {
  const components = new Map(folders.map((folder) => [folder, packageComponent(locked, folder)]));
  for (const [folder, component] of components)
    for (const needed of neededBy(locked, folder)) {
      const dependency = components.get(needed);
      if (dependency !== undefined) component.dependencies.add(dependency.bomRef);
    }
  return components;
}

export function packageComponent(locked: LockedPackages, folder: string): Models.Component {
  const entry = locked[folder];
  if (entry === undefined) throw new Error(`package-lock.json has no ${folder}`);
  const { version, integrity, license } = entry;
  const fullName = folder.slice(folder.lastIndexOf('node_modules/') + 'node_modules/'.length);
  const [group, name] = fullName.startsWith('@') ? fullName.split('/') : [undefined, fullName];
  const component = new Models.Component(Enums.ComponentType.Library, name ?? fullName, {
    version,
    ...(group !== undefined && { group }),
    purl: purl('npm', group, name ?? fullName, version),
  });
  component.hashes.set(Enums.HashAlgorithm['SHA-512'], sha512Of(integrity, folder));
  return withLicence(component, license);
}

/** Of the package as npm's registry has it. */
function sha512Of(integrity: string | undefined, folder: string): string {
  const base64 = /^sha512-(\S+)$/.exec(integrity ?? '')?.[1];
  if (base64 === undefined) throw new Error(`package-lock.json has no SHA-512 of ${folder}`);
  return Buffer.from(base64, 'base64').toString('hex');
}

/** The folders where Node.js finds what a package names: below its own, or below one that its own is in. */
function neededBy(locked: LockedPackages, folder: string): string[] {
  const { dependencies = {}, optionalDependencies = {} } = locked[folder] ?? {};
  return Object.keys({ ...dependencies, ...optionalDependencies }).flatMap(
    (name) => placesFor(name, folder).find((place) => place in locked) ?? [],
  );
}

function placesFor(name: string, folder: string): string[] {
  const places = [`${folder}/node_modules/${name}`];
  for (let at = folder.lastIndexOf('node_modules/'); at >= 0; at = folder.lastIndexOf('node_modules/', at - 1)) {
    places.push(`${folder.slice(0, at)}node_modules/${name}`);
    if (at === 0) break;
  }
  return places;
}
