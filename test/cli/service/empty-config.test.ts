// World: files of this host.
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { deleteEmptyConfig } from '../../../src/cli/service/empty-config.ts';

let above: string;
let folder: string;
let file: string;
beforeEach(() => {
  above = mkdtempSync(join(tmpdir(), 'config-'));
  folder = join(above, 'netstat-exporter');
  file = join(folder, 'config.yaml');
  mkdirSync(folder);
});
afterEach(() => rmSync(above, { recursive: true }));

it.each(['', '\r\n', '# log.level: info\n#\n', '\u{feff}# log.level: info\r\n', '---\n# nothing\n...\n', 'null\n'])(
  'a file with nothing but %j goes, and its folder',
  async (text) => {
    writeFileSync(file, text);
    expect(await deleteEmptyConfig(file)).toEqual([
      `${file} is deleted: nothing was set in it`,
      `${folder} is deleted`,
    ]);
    expect(existsSync(folder)).toBe(false);
    expect(existsSync(above)).toBe(true);
  },
);

it.each([
  ['log.level: info', 'something is set in it'],
  ['# a comment\nlog:\n', 'something is set in it'],
  ['{}', 'something is set in it'],
  ['plain text', 'something is set in it'],
  ['a: [', `${'FILE'}:1: not usable as YAML`],
  ['\xff\xfe#\0', 'is not UTF-8 text'],
  [`#${'x'.repeat(65_536)}`, 'is too large'],
])('a file with %.20j stays', async (text, why) => {
  writeFileSync(file, text, 'latin1');
  const [line, ...others] = await deleteEmptyConfig(file);
  expect(line).toContain(`${file} stays: `);
  expect(line).toContain(why.replace('FILE', file));
  expect(others).toEqual([]);
  expect(readFileSync(file, 'latin1')).toBe(text);
});

it('a folder stays when there is another file in it', async () => {
  writeFileSync(file, '');
  writeFileSync(join(folder, 'server.key'), '');
  expect(await deleteEmptyConfig(file)).toEqual([`${file} is deleted: nothing was set in it`]);
  expect(existsSync(join(folder, 'server.key'))).toBe(true);
});

it('an empty folder goes without a file', async () => {
  expect(await deleteEmptyConfig(file)).toEqual([`${folder} is deleted`]);
});

it('what is not there is no failure', async () => {
  rmSync(folder, { recursive: true });
  expect(await deleteEmptyConfig(file)).toEqual([]);
});

it('a folder in place of the file stays', async () => {
  mkdirSync(file);
  const [line] = await deleteEmptyConfig(file);
  expect(line).toContain(`${file} stays: `);
});
