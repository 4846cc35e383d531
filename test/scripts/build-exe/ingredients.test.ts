// World: npm's registry or its cache. What the executables are made of.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import packageJson from '../../../package.json' with { type: 'json' };
import { findIngredients } from '../../../scripts/build-exe/ingredients.ts';
import { TARGETS } from '../../../scripts/build-exe/targets.ts';

const NODE_VERSION = packageJson.devDependencies.node;
const targets = Object.entries(TARGETS).map(([name, target]) => ({ name, target }));

/** Where the machine of a file is, and which: "PE Format", COFF file header, which follows the signature; elf(5), e_machine. */
const MACHINES = {
  win32: { place: (file: Buffer): number => file.readUInt32LE(0x3c) + 4, x64: 0x8664, arm64: 0xaa64 },
  linux: { place: (): number => 18, x64: 62, arm64: 183 },
} as const;

describe.each(targets)('the executable for $name', ({ name, target }) => {
  const { platform, arch, packaging, koffi, node } = target;

  it('is named after what it is made for', () => {
    expect(`${platform}-${arch}`).toBe(name);
  });

  it('is made of programs for its processor', async () => {
    const ingredients = await findIngredients(target);
    const { place, [arch]: machine } = MACHINES[platform];
    for (const file of [ingredients.node, ingredients.koffi]) expect(file.readUInt16LE(place(file))).toBe(machine);
  });

  it('has the koffi of the program, and a Node.js of the same version, or for ARM on Windows of the same major one', () => {
    const lockFile = join(import.meta.dirname, '../../../packaging', packaging, 'package-lock.json');
    const { packages } = JSON.parse(readFileSync(lockFile, 'utf8'));
    const versionOf = (name: string): string => packages[`node_modules/${name}`].version;
    expect(versionOf(koffi[0])).toBe(packageJson.dependencies.koffi);
    // Its node.exe comes later to npm.
    const same = (version: string): string => (name === 'win32-arm64' ? (version.split('.')[0] ?? '') : version);
    expect(same(versionOf(node[0]))).toBe(same(NODE_VERSION));
  });

  it('is made of packages that are checked, and come from the registry that npm is told', () => {
    const lockFile = join(import.meta.dirname, '../../../packaging', packaging, 'package-lock.json');
    const { packages } = JSON.parse(readFileSync(lockFile, 'utf8'));
    const [, ...others] = Object.values<Readonly<Record<string, unknown>>>(packages);
    expect(others).toHaveLength(2);
    for (const one of others) {
      expect(one).toMatchObject({
        integrity: expect.stringMatching(/^sha512-/),
        os: expect.anything(),
        cpu: expect.anything(),
      });
      expect(one).not.toHaveProperty('resolved');
    }
  });
});
