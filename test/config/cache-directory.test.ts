// World: the file system of this host. The folder that systemd makes for a service.
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { cacheDirectory } from '../../src/config/cache-directory.ts';

const root = realpathSync(mkdtempSync(join(tmpdir(), 'netstat-exporter-cache-')));
afterAll(() => rmSync(root, { recursive: true }));
mkdirSync(join(root, 'private'));
symlinkSync('private', join(root, 'link'));

const inEnvironment = (CACHE_DIRECTORY?: string): string | undefined => cacheDirectory({ CACHE_DIRECTORY }, 'linux');

it('is none where systemd says nothing', () => {
  expect(inEnvironment()).toBeUndefined();
  expect(inEnvironment('')).toBeUndefined();
  expect(cacheDirectory({ CACHE_DIRECTORY: 'C:\\cache' }, 'win32')).toBeUndefined();
});

it('is the first of several, where its link leads', () => {
  expect(inEnvironment(`${root}/link:/elsewhere`)).toBe(join(root, 'private'));
  expect(inEnvironment(`${root}/private`)).toBe(join(root, 'private'));
});

it.each([
  ['relative', 'CACHE_DIRECTORY: "relative" is not an absolute path; allowed: '],
  [`${root}/nowhere`, `CACHE_DIRECTORY: "${root}/nowhere" cannot be used (ENOENT`],
])('is not %s', (folder, message) => {
  expect(() => inEnvironment(folder)).toThrow(message);
});
