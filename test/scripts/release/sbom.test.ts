// World: none. The software bill of materials, held to CycloneDX' own schema.
import { globSync } from 'node:fs';
import { join } from 'node:path';
import { Spec, Validation } from '@cyclonedx/cyclonedx-library';
import { describe, expect, it } from 'vitest';
import packageJson from '../../../package.json' with { type: 'json' };
import packageLock from '../../../package-lock.json' with { type: 'json' };
import { nodeParts } from '../../../scripts/build-exe/node-release.ts';
import { TARGETS, type TargetName } from '../../../scripts/build-exe/targets.ts';
import { nodeComponents } from '../../../scripts/release/sbom/node-parts.ts';
import { packageComponents } from '../../../scripts/release/sbom/npm-packages.ts';
import { makeSbom, type ReleasedFile } from '../../../scripts/release/sbom.ts';

interface Component {
  readonly name: string;
  readonly version?: string;
  readonly 'bom-ref': string;
  readonly cpe?: string;
  readonly hashes?: readonly { readonly alg: string; readonly content: string }[];
}
interface Sbom {
  readonly serialNumber: string;
  readonly metadata: { readonly timestamp: string; readonly component: Component };
  readonly components: readonly Component[];
  readonly dependencies: readonly { readonly ref: string; readonly dependsOn?: readonly string[] }[];
}

const commit = { id: 'a'.repeat(40), time: Date.UTC(2026, 11, 1) / 1000 };
const targets = Object.keys(TARGETS) as TargetName[];
const files: readonly ReleasedFile[] = [
  ...targets.map((target) => ({ name: `${target}.zip`, sha256: 'b'.repeat(64), target })),
  { name: 'npm.tgz', sha256: 'c'.repeat(64), hasProgram: true },
  { name: 'deploy.tar.gz', sha256: 'd'.repeat(64) },
];
const bundled = ['express', 'accepts', 'koffi', 'string-width', 'string-width/node_modules/strip-ansi'].map(
  (name) => `node_modules/${name}`,
);
const text = makeSbom(commit, bundled, files);
const sbom: Sbom = JSON.parse(text);
const references = [sbom.metadata.component, ...sbom.components].map((component) => component['bom-ref']);
const neededBy = (reference: string): readonly string[] =>
  sbom.dependencies.find(({ ref }) => ref === reference)?.dependsOn ?? [];
const program = `pkg:generic/netstat-exporter@${packageJson.version}`;

function reachable(reference: string, seen = new Set<string>()): Set<string> {
  for (const needed of neededBy(reference)) if (!seen.has(needed)) reachable(needed, seen.add(needed));
  return seen;
}

describe('the bill of materials', () => {
  it('is one by the schema of CycloneDX 1.6, with nothing that the schema does not know', async () => {
    expect(await new Validation.JsonStrictValidator(Spec.Version.v1dot6).validate(text)).toBeNull();
  });

  it('is of the program, at the time of its commit', () => {
    expect(sbom.metadata.component).toMatchObject({ name: 'netstat-exporter', 'bom-ref': program });
    expect(sbom.metadata.timestamp).toBe('2026-12-01T00:00:00.000Z');
  });

  it('names each component once, and in its dependencies no other ones', () => {
    expect(new Set(references).size).toBe(references.length);
    const named = sbom.dependencies.flatMap(({ ref, dependsOn = [] }) => [ref, ...dependsOn]);
    expect(named.filter((reference) => !references.includes(reference))).toEqual([]);
  });

  it('has every bundled package with the sum that its lock file has', () => {
    const express = sbom.components.find(({ name }) => name === 'express');
    const locked = packageLock.packages['node_modules/express'];
    expect(express?.version).toBe(locked.version);
    const sha512 = Buffer.from(locked.integrity.replace('sha512-', ''), 'base64').toString('hex');
    expect(express?.hashes).toEqual([{ alg: 'SHA-512', content: sha512 }]);
    expect(sbom.components.filter((component) => component['bom-ref'].startsWith('pkg:npm/express@'))).toHaveLength(1);
  });

  it('says which package needs which: of the program those that it asks for, of a package its own', () => {
    const version = (name: keyof typeof packageLock.packages) => packageLock.packages[name];
    const express = `pkg:npm/express@${packageJson.dependencies.express}`;
    const accepts = `pkg:npm/accepts@${JSON.parse(JSON.stringify(version('node_modules/accepts'))).version}`;
    expect(neededBy(program)).toContain(express);
    expect(neededBy(program)).not.toContain(accepts);
    expect(neededBy(express)).toEqual([accepts]);
  });

  it.each(targets)('says of the file for %s that it has the program, its Node.js and its koffi', (target) => {
    const { node, koffi } = TARGETS[target];
    const needed = neededBy(`file:${target}.zip`);
    expect(needed).toHaveLength(3);
    expect(needed).toContain(program);
    expect(needed).toContain(
      `pkg:npm/${encodeURIComponent('@')}${koffi[0].slice(1)}@${packageJson.dependencies.koffi}`,
    );
    const nodePackage = needed.find((reference) => reference.startsWith(`pkg:npm/${node[0]}@`)) ?? '';
    const nodeVersion = nodePackage.split('@')[1];
    expect(neededBy(nodePackage)).toEqual([`pkg:generic/node@${nodeVersion}`]);
    const openssl = nodeParts(nodeVersion ?? '')['openssl'];
    expect(neededBy(`pkg:generic/node@${nodeVersion}`)).toContain(`pkg:github/openssl/openssl@openssl-${openssl}`);
  });

  it('says of the npm package that it has the program and no Node.js, and of the configurations nothing', () => {
    expect(neededBy('file:npm.tgz')).toEqual([program]);
    expect(neededBy('file:deploy.tar.gz')).toEqual([]);
  });

  it('has the sums of the files', () => {
    expect(sbom.components.find(({ name }) => name === 'npm.tgz')?.hashes).toEqual([
      { alg: 'SHA-256', content: 'c'.repeat(64) },
    ]);
  });

  it('has nothing that no file needs', () => {
    const reached = files.flatMap(({ name }) => [`file:${name}`, ...reachable(`file:${name}`)]);
    expect(references.filter((reference) => !reached.includes(reference))).toEqual([]);
  });

  it('is the same text for the same files, and has another serial number for others', () => {
    expect(makeSbom(commit, bundled, files)).toBe(text);
    const others = files.map((file) => ({ ...file, sha256: 'e'.repeat(64) }));
    const other: Sbom = JSON.parse(makeSbom(commit, bundled, others));
    expect(other.serialNumber).not.toBe(sbom.serialNumber);
    expect(sbom.serialNumber).toMatch(/^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });

  it('cannot be made of a package that no lock file has', () => {
    expect(() => makeSbom(commit, ['node_modules/none'], files)).toThrow('package-lock.json has no node_modules/none');
  });
});

describe('what a package needs', () => {
  const entry = (dependencies: readonly string[] = []) => ({
    version: '1.0.0',
    integrity: `sha512-${Buffer.alloc(64).toString('base64')}`,
    license: '(MIT OR Apache-2.0)',
    dependencies: Object.fromEntries(dependencies.map((name) => [name, '*'])),
  });
  const locked = {
    'node_modules/a': entry(['b', '@s/c', 'gone']),
    'node_modules/a/node_modules/b': entry(['@s/c']),
    'node_modules/a/node_modules/@s/c': { ...entry(), version: '2.0.0' },
    'node_modules/b': { ...entry(), version: '3.0.0' },
    'node_modules/@s/c': { ...entry(['b']), version: '4.0.0' },
  };
  const components = packageComponents(locked, Object.keys(locked));
  const needs = (folder: string): string[] => [...(components.get(folder)?.dependencies ?? [])].map(String);

  it('is what lies nearest, as Node.js looks for it', () => {
    expect(needs('node_modules/a')).toEqual(['pkg:npm/b@1.0.0', 'pkg:npm/%40s/c@2.0.0']);
    expect(needs('node_modules/a/node_modules/b')).toEqual(['pkg:npm/%40s/c@2.0.0']);
    expect(needs('node_modules/@s/c')).toEqual(['pkg:npm/b@3.0.0']);
  });

  it('is not what is not in the program', () => {
    const alone = packageComponents(locked, ['node_modules/a']);
    expect([...(alone.get('node_modules/a')?.dependencies ?? [])]).toEqual([]);
  });

  it('comes with its licence: an identifier, an expression, or words', () => {
    const licenceOf = (license: string): string => {
      const [component] = packageComponents({ 'node_modules/a': { ...entry(), license } }, ['node_modules/a']).values();
      const [licence] = component?.licenses ?? [];
      return licence?.constructor.name ?? 'none';
    };
    expect(licenceOf('MIT')).toBe('SpdxLicense');
    expect(licenceOf('(MIT OR Apache-2.0)')).toBe('LicenseExpression');
    expect(licenceOf('SEE LICENSE IN LICENSE.txt')).toBe('NamedLicense');
  });

  it('must have a sum that holds', () => {
    const weak = { 'node_modules/a': { ...entry(), integrity: 'sha1-AAAA' } };
    expect(() => packageComponents(weak, ['node_modules/a'])).toThrow(
      'package-lock.json has no SHA-512 of node_modules/a',
    );
  });
});

describe('the parts of Node.js', () => {
  const releases = globSync('*', { cwd: join(import.meta.dirname, '../../../packaging/node-releases') });

  it('are, for the Node.js that runs here, those that it says itself', () => {
    expect(nodeParts(process.versions.node)).toEqual({ ...process.versions });
  });

  it.each(releases)('%s are all known by name', (version) => {
    const [node, ...parts] = nodeComponents(version);
    expect(node.cpe).toBe(`cpe:2.3:a:nodejs:node.js:${version}:*:*:*:*:*:*:*`);
    expect(parts.length).toBeGreaterThan(20);
    const names = parts.map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(['openssl', 'v8', 'zlib', 'libuv', 'c-ares']));
    expect(names).not.toContain('modules');
    // Left out when this Node.js was built.
    expect(names).not.toContain('ngtcp2');
    const v8 = parts.find(({ name }) => name === 'v8');
    expect(v8?.cpe).toMatch(/^cpe:2\.3:a:google:v8:[\d.]+:/);
  });

  it('of a release that is not kept here are not known, and how they are made is said', () => {
    expect(() => nodeComponents('1.2.3')).toThrow('`node scripts/node-release.ts 1.2.3` makes it');
  });
});
