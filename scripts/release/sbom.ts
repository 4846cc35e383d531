// The software bill of materials of a release, in CycloneDX 1.6: what is in the program, on each platform, and the files that have it.
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { Enums, Models, Serialize, Spec } from '@cyclonedx/cyclonedx-library';
import libraryPackage from '@cyclonedx/cyclonedx-library/package.json' with { type: 'json' };
import packageJson from '../../package.json' with { type: 'json' };
import { TARGETS, type Target, type TargetName } from '../build-exe/targets.ts';
import type { Commit } from '../commit.ts';
import { PROJECT } from '../run-command.ts';
import { purl, withLicence } from './sbom/components.ts';
import { nodeComponents } from './sbom/node-parts.ts';
import { packageComponent, packageComponents, readLockFile } from './sbom/npm-packages.ts';

/** A file of the release. */
export interface ReleasedFile {
  readonly name: string;
  /** In hexadecimal digits. */
  readonly sha256: string;
  /** The platform whose executable is in it. */
  readonly target?: TargetName;
  /** The program is in it, without a Node.js. */
  readonly hasProgram?: boolean;
}

/** `bundled`: the packages that are in the program, as folders of node_modules. */
export function makeSbom(commit: Commit, bundled: readonly string[], files: readonly ReleasedFile[]): string {
  const date = new Date(commit.time * 1000);
  const program = programComponent(commit);
  const bom = new Models.Bom({
    serialNumber: serialNumberOf(commit, files),
    metadata: new Models.Metadata({
      timestamp: date,
      component: program,
      lifecycles: new Models.LifecycleRepository([Enums.LifecyclePhase.Build]),
      tools: new Models.Tools({ components: new Models.ComponentRepository([libraryComponent()]) }),
    }),
  });

  const packages = packageComponents(readLockFile(PROJECT), bundled);
  for (const name of Object.keys(packageJson.dependencies)) {
    const component = packages.get(`node_modules/${name}`);
    if (component !== undefined) program.dependencies.add(component.bomRef);
  }
  for (const component of packages.values()) bom.components.add(component);

  const platforms = new Components(bom.components);
  for (const file of files) bom.components.add(fileComponent(file, program, platforms));

  const serializer = new Serialize.JsonSerializer(new Serialize.JSON.Normalize.Factory(Spec.Spec1dot6));
  return `${serializer.serialize(bom, { sortLists: true, space: 2 })}\n`;
}

function programComponent({ id }: Commit): Models.Component {
  const { name, version, description, license } = packageJson;
  const component = new Models.Component(Enums.ComponentType.Application, name, {
    version,
    description,
    purl: purl('generic', undefined, name, version),
  });
  component.properties.add(new Models.Property('netstat-exporter:commit', id));
  return withLicence(component, license);
}

function libraryComponent(): Models.Component {
  const { version } = libraryPackage;
  return new Models.Component(Enums.ComponentType.Library, 'cyclonedx-library', { group: '@cyclonedx', version });
}

/** What a platform's executable has beside the program, as components of one list: each is in it once. */
class Components {
  readonly #all: Models.ComponentRepository;
  readonly #byReference = new Map<string, Models.Component>();

  constructor(all: Models.ComponentRepository) {
    this.#all = all;
  }

  /** Node.js as npm has it for the platform, and koffi's binary. */
  of(target: Target): readonly Models.Component[] {
    const folder = join(PROJECT, 'packaging', target.packaging);
    const locked = readLockFile(folder);
    const [nodePackage, koffi] = [target.node[0], target.koffi[0]].map((name) =>
      packageComponent(locked, `node_modules/${name}`),
    );
    if (nodePackage?.version === undefined || koffi === undefined)
      throw new Error(`${folder} has no Node.js, or no koffi`);
    const [node, ...parts] = nodeComponents(nodePackage.version).map((component) => this.#once(component));
    for (const part of parts) node?.dependencies.add(part.bomRef);
    if (node !== undefined) nodePackage.dependencies.add(node.bomRef);
    return [this.#once(nodePackage), this.#once(koffi)];
  }

  #once(component: Models.Component): Models.Component {
    const reference = String(component.bomRef);
    const known = this.#byReference.get(reference);
    if (known !== undefined) return known;
    this.#byReference.set(reference, component);
    this.#all.add(component);
    return component;
  }
}

function fileComponent(file: ReleasedFile, program: Models.Component, platforms: Components): Models.Component {
  const { name, sha256, target, hasProgram } = file;
  const component = new Models.Component(Enums.ComponentType.File, name, { bomRef: `file:${name}` });
  component.hashes.set(Enums.HashAlgorithm['SHA-256'], sha256);
  if (target !== undefined || hasProgram) component.dependencies.add(program.bomRef);
  if (target !== undefined) for (const part of platforms.of(TARGETS[target])) component.dependencies.add(part.bomRef);
  return component;
}

/** The same for the same files of the same commit: a UUID of version 8 (RFC 9562), whose bits are ours to choose. */
function serialNumberOf({ id, time }: Commit, files: readonly ReleasedFile[]): string {
  const bytes = createHash('sha256')
    .update(JSON.stringify([packageJson.version, id, time, files]))
    .digest();
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x80, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  const [, ...groups] = /^(.{8})(.{4})(.{4})(.{4})(.{12})/.exec(bytes.toString('hex')) ?? [];
  return `urn:uuid:${groups.join('-')}`;
}
