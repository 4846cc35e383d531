// World: files of this host.

import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, parse } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { filesBelow, MAX_FILES } from '../../../src/windows-service/private-folder/files-below.ts';

describe('the files below a folder', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'below-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  function fill(count: number): void {
    mkdirSync(join(folder, 'a'));
    for (let file = 1; file < count; file++) writeFileSync(join(folder, 'a', String(file)), '');
  }

  test('are none in an empty one', () => {
    expect(filesBelow(folder)).toEqual([]);
  });

  test('are those in its folders, too', () => {
    mkdirSync(join(folder, 'a', 'b'), { recursive: true });
    writeFileSync(join(folder, 'a', 'b', 'c'), '');
    expect(filesBelow(folder)).toEqual([join(folder, 'a'), join(folder, 'a', 'b'), join(folder, 'a', 'b', 'c')]);
  });

  test('are no more than a configuration has', () => {
    fill(MAX_FILES);
    expect(filesBelow(folder)).toHaveLength(MAX_FILES);
    writeFileSync(join(folder, 'one more'), '');
    expect(() => filesBelow(folder)).toThrow(
      `${folder} cannot be made private: there are more than 100 files in it; take a folder for the configuration alone`,
    );
  });

  // On Windows not everybody may make links; Wine makes none.
  if (process.platform !== 'win32')
    test('are no links, which lead to files elsewhere', () => {
      symlinkSync(tmpdir(), join(folder, 'elsewhere'));
      expect(() => filesBelow(folder)).toThrow(`${join(folder, 'elsewhere')} is a link`);
      expect(() => filesBelow(join(folder, 'elsewhere'))).toThrow(`${join(folder, 'elsewhere')} is a link`);
    });

  test.each([parse(tmpdir()).root, join(parse(tmpdir()).root, 'ProgramData')])('are not asked for in %s', (path) => {
    expect(() => filesBelow(path)).toThrow(`${path} cannot be made private: it is not below another folder`);
  });
});
