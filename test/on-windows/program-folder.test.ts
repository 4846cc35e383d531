// World: Windows or Wine (npm run test:windows), its files.
import { closeSync, mkdirSync, mkdtempSync, openSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { win32 } from 'node:path';
import koffi from 'koffi';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { deleteFiles, deleteLeftovers, moveAside, putFile } from '../../src/cli/service/program-folder.ts';

const PROGRAM = 'netstat-exporter.exe';
const BINARY = `koffi-${'a'.repeat(32)}.node`;
const OLDER_BINARY = `koffi-${'b'.repeat(32)}.node`;

let folder: string;
let place: { folder: string; program: string; isOwn: boolean };

beforeEach(() => {
  folder = win32.join(mkdtempSync(win32.join(tmpdir(), 'programs-')), 'netstat-exporter');
  place = { folder, program: win32.join(folder, PROGRAM), isOwn: true };
});
afterEach(() => rmSync(win32.dirname(folder), { recursive: true, force: true }));

const kernel32 = koffi.load('kernel32.dll');
const createFile = kernel32.func(
  'intptr_t CreateFileW(str16 name, uint32_t access, uint32_t share, void *security, uint32_t disposition, uint32_t flags, void *template)',
);
const closeHandle = kernel32.func('int CloseHandle(intptr_t handle)');
const [GENERIC_READ, SHARE_NOTHING, OPEN_EXISTING] = [0x8000_0000, 0, 3];

/** Opens a file so that nobody else can do anything with it; gives what closes it. */
function openAlone(path: string): () => void {
  const handle: number = createFile(path, GENERIC_READ, SHARE_NOTHING, null, OPEN_EXISTING, 0, null);
  expect(handle).toBeGreaterThan(0);
  return () => closeHandle(handle);
}

function fill(...names: readonly string[]): void {
  mkdirSync(folder, { recursive: true });
  for (const name of names) writeFileSync(win32.join(folder, name), name);
}

describe('the folder of the program', () => {
  it('is made with the file that is put there', async () => {
    expect(await putFile(place.program, Buffer.from('new'))).toBe(true);
    expect(readFileSync(place.program, 'latin1')).toBe('new');
    expect(readdirSync(folder)).toEqual([PROGRAM]);
  });

  it('is left as it is when the same is put there again', async () => {
    await putFile(place.program, Buffer.from('same'));
    expect(await putFile(place.program, Buffer.from('same'))).toBe(false);
    expect(await putFile(place.program, Buffer.from('sane'))).toBe(true);
    expect(readdirSync(folder)).toEqual([PROGRAM]);
  });

  it('has the new file under the name, also where the old one is in use', async () => {
    fill(PROGRAM);
    const inUse = openSync(place.program, 'r');
    try {
      expect(await putFile(place.program, Buffer.from('new'))).toBe(true);
      expect(readFileSync(place.program, 'latin1')).toBe('new');
    } finally {
      closeSync(inUse);
    }
    await deleteLeftovers(place, BINARY);
    expect(readdirSync(folder)).toEqual([PROGRAM]);
  });

  it('keeps of older installations nothing, and all that is not ours', async () => {
    fill(PROGRAM, BINARY, OLDER_BINARY, `${PROGRAM}.old-0123abcd`, `${PROGRAM}.new-0123abcd`, 'koffi.node', 'mine.txt');
    await deleteLeftovers(place, BINARY);
    expect(readdirSync(folder).sort()).toEqual([BINARY, 'koffi.node', 'mine.txt', PROGRAM].sort());
  });

  it('goes with all that was put there', async () => {
    fill(PROGRAM, BINARY, OLDER_BINARY);
    const { deleted, inUse } = await deleteFiles(place);
    expect({ deleted: deleted.length, inUse }).toEqual({ deleted: 3, inUse: [] });
    expect(readdirSync(win32.dirname(folder))).toEqual([]);
    expect(await deleteFiles(place)).toEqual({ deleted: [], inUse: [], hasOthers: false });
  });

  it('stays when somebody else has put something there', async () => {
    fill(PROGRAM, 'mine.txt');
    expect((await deleteFiles(place)).hasOthers).toBe(true);
    expect(readdirSync(folder)).toEqual(['mine.txt']);
  });

  it('keeps the program, under another name, while that runs', async () => {
    fill(PROGRAM, BINARY);
    const aside = await moveAside(place.program);
    await deleteFiles(place, aside);
    expect(readdirSync(folder)).toEqual([win32.basename(aside)]);
    expect(aside).toMatch(/netstat-exporter\.exe\.old-[0-9a-f]{8}$/);
  });

  it('says which file is in use for too long, and goes without it', async () => {
    fill(PROGRAM, BINARY);
    const close = openAlone(place.program);
    try {
      expect(await deleteFiles(place)).toEqual({
        deleted: [win32.join(folder, BINARY)],
        inUse: [place.program],
        hasOthers: false,
      });
    } finally {
      close();
    }
  });

  it('waits a moment for a file that is in use', async () => {
    fill(PROGRAM);
    const close = openAlone(place.program);
    setTimeout(close, 300);
    expect(await deleteFiles(place)).toEqual({ deleted: [place.program], inUse: [], hasOthers: false });
  });

  it('has the old file when the new one cannot be put in its place', async () => {
    fill(PROGRAM);
    const close = openAlone(place.program);
    try {
      await expect(putFile(place.program, Buffer.from('new'))).rejects.toThrow();
    } finally {
      close();
    }
    expect(readdirSync(folder)).toEqual([PROGRAM]);
    expect(readFileSync(place.program, 'latin1')).toBe(PROGRAM);
  });

  it('of another installer loses the binary alone', async () => {
    fill(PROGRAM, BINARY, 'LICENSE');
    await deleteFiles({ ...place, isOwn: false });
    expect(readdirSync(folder).sort()).toEqual(['LICENSE', PROGRAM]);
  });
});
