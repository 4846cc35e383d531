// World: the file system of this host. The name of koffi's binary, and what is deleted by it.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { deleteUnpacked } from '../../src/single-file/delete-unpacked.ts';
import { KOFFI_FILE, koffiFileName } from '../../src/single-file/koffi-file.ts';
import { ownFolder } from '../../src/single-file/own-folder.ts';

describe("the name of koffi's binary", () => {
  it('has half of the SHA-256 of its content', () => {
    const bytes = Buffer.from('the binary');
    const hash = createHash('sha256').update(bytes).digest('hex');
    expect(koffiFileName(bytes)).toBe(`koffi-${hash.slice(0, 32)}.node`);
    expect(koffiFileName(bytes)).toMatch(KOFFI_FILE);
  });
});

it.runIf(process.platform === 'linux')('its folder is in the home of the list of users, whatever HOME says', () => {
  const { HOME } = process.env;
  process.env['HOME'] = '/elsewhere';
  try {
    expect(ownFolder()).toBe(`${userInfo().homedir}/.cache/netstat-exporter`);
    expect(ownFolder()).not.toContain('elsewhere');
  } finally {
    process.env['HOME'] = HOME;
  }
});

describe('what was unpacked', () => {
  let root: string;
  let folder: string;

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'netstat-exporter-unpacked-'));
    folder = join(root, 'netstat-exporter');
    mkdirSync(folder);
  });

  afterEach(() => rmSync(root, { recursive: true }));

  it('is deleted, of all versions, and the folder with it', async () => {
    for (const text of ['one', 'two']) writeFileSync(join(folder, koffiFileName(Buffer.from(text))), text);
    await deleteUnpacked(folder);
    expect(existsSync(folder)).toBe(false);
  });

  it.each(['koffi.node', `koffi-${'0'.repeat(32)}.node.bak`, `my-koffi-${'0'.repeat(32)}.node`])(
    'is told from a file %s, which stays',
    async (other) => {
      writeFileSync(join(folder, koffiFileName(Buffer.from('one'))), 'one');
      writeFileSync(join(folder, other), '');
      await deleteUnpacked(folder);
      expect(readdirSync(folder)).toEqual([other]);
    },
  );

  it('need not be there', async () => {
    await deleteUnpacked(folder);
    expect(readdirSync(root)).toEqual(['netstat-exporter']);
    await deleteUnpacked(join(root, 'nowhere'));
  });

  it('is left alone where the program is no single file', async () => {
    await deleteUnpacked();
  });
});
