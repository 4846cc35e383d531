// World: none. The licences of what is in the executables.
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import packageJson from '../../../package.json' with { type: 'json' };
import { nodeLicence, nodeParts } from '../../../scripts/build-exe/node-release.ts';
import { noticesOf } from '../../../scripts/build-exe/notices.ts';

const project = join(import.meta.dirname, '../../..');
const locked = globSync('packaging/*/package-lock.json', { cwd: project }).flatMap((file): string[] => {
  const { packages } = JSON.parse(readFileSync(join(project, file), 'utf8'));
  return Object.entries<{ version: string }>(packages).flatMap(([name, { version }]) =>
    /^node_modules\/node-(?:win|linux)-/.test(name) ? [version] : [],
  );
});
const versions = [...new Set([packageJson.devDependencies.node, ...locked])];

describe('the licence of Node.js', () => {
  it.each(versions)('%s, of which an executable is made, is there with those of its parts', (version) => {
    expect(nodeParts(version)['node']).toBe(version);
    const text = nodeLicence(version);
    expect(text).toMatch(/^Node\.js is licensed for use as follows:/);
    for (const part of ['OpenSSL', 'V8', 'ICU', 'libuv', 'zlib', 'c-ares', 'nghttp2'])
      expect(text).toContain(`\n- ${part}, located at `);
  });
});

it('the notices have the text of Node.js and of each package', () => {
  const text = noticesOf(packageJson.devDependencies.node, [join(project, 'node_modules/koffi')]);
  expect(text).toContain(`== Node.js ${packageJson.devDependencies.node} ==\n\nNode.js is licensed`);
  expect(text).toContain(nodeLicence(packageJson.devDependencies.node).trim());
  expect(text).toContain(`== koffi ${packageJson.dependencies.koffi} (MIT) ==`);
});
