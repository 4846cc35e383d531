// World: this host's files.
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { koffiIn, putPackage } from '../../scripts/build-packages.ts';

const root = mkdtempSync(join(tmpdir(), 'netstat-exporter-build-packages-'));
afterAll(() => rmSync(root, { recursive: true }));

it('a package is put into a folder that is made for it, in place of an older one, and alone', () => {
  const into = join(root, 'made', 'here');
  for (const content of ['older', 'newer']) {
    writeFileSync(join(root, 'thing-1.deb'), content);
    expect(putPackage(join(root, 'thing-1.deb'), into)).toBe(join(into, 'thing-1.deb'));
  }
  expect(readdirSync(into)).toEqual(['thing-1.deb']);
  expect(readFileSync(join(into, 'thing-1.deb'), 'utf8')).toBe('newer');
});

it.each([
  [0, 'has 0 files called koffi-….node'],
  [2, 'has 2 files called koffi-….node'],
])('a folder with %i libraries of koffi’s is refused', (count, message) => {
  expect(() => koffiIn(folderWith(count))).toThrow(message);
});

it('the library of koffi’s is known by its name', () => {
  expect(koffiIn(folderWith(1))).toBe(koffiFile(0));
});

const koffiFile = (digit: number): string => `koffi-${String(digit).repeat(32)}.node`;

function folderWith(count: number): string {
  const folder = join(root, `with-${count}`);
  mkdirSync(folder);
  for (const name of ['koffi.node', 'LICENSE']) writeFileSync(join(folder, name), '');
  for (let digit = 0; digit < count; digit++) writeFileSync(join(folder, koffiFile(digit)), '');
  return folder;
}
