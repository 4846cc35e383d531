import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { contentOf, guidOf } from '../../../scripts/build-msi/identity.ts';

describe('a GUID made from a name', () => {
  it.each([
    ['', '{A34280E5-A929-5647-A53F-72BF41F94F5C}'],
    ['product 0.1.0 for x64', '{ED150BA5-B553-5529-8132-97722C742F23}'],
    ['ü', '{0BA19C28-7EE8-558A-ACCB-404515D67F6C}'],
  ])('is for %j what uuid5 of Python has said', (name, guid) => {
    expect(guidOf(name)).toBe(guid);
  });
});

describe('the digest of what makes a package', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'msi-content-'));
    mkdirSync(join(folder, 'files'));
    writeFileSync(join(folder, 'source'), 'source');
    writeFileSync(join(folder, 'files', 'a'), 'one');
    writeFileSync(join(folder, 'files', 'b'), 'two');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const digest = (): string => contentOf(join(folder, 'source'), join(folder, 'files'));

  it('is the same for the same', () => {
    expect(digest()).toBe(digest());
  });

  it.each([
    ['the source', 'source', 'other'],
    ['the content of a file', 'files/b', 'twice'],
    ['a file more', 'files/c', ''],
  ])('is another for another: %s', (_what, file, text) => {
    const before = digest();
    writeFileSync(join(folder, file), text);
    expect(digest()).not.toBe(before);
  });

  it('is another where a file has another name', () => {
    const before = digest();
    renameSync(join(folder, 'files', 'b'), join(folder, 'files', 'c'));
    expect(digest()).not.toBe(before);
  });
});
