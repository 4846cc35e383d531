// World: Windows, as an administrator, or Wine (npm run test:windows): what the access list of a private folder means to it.
import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import koffi from 'koffi';
import { afterEach, describe, expect, it } from 'vitest';
import { systemLibraries } from '../../src/sources/windows/libraries.ts';
import { FileSecurity } from '../../src/windows-service/private-folder/file-security.ts';
import { makePrivate } from '../../src/windows-service/private-folder/private-folder.ts';
import { PRIVATE, SID } from '../windows-service/private-folder/private-security.ts';

const FOLDER = 'C:\\ProgramData\\netstat-exporter private test';
const isWine = spawnSync('reg.exe', ['query', 'HKCU\\Software\\Wine']).status === 0;

/** SECURITY_DESCRIPTOR_RELATIVE and ACL structures, ACCESS_ALLOWED_ACE structure (winnt.h): offsets in bytes. */
const DESCRIPTOR = { control: 2, owner: 4, list: 16 } as const;
const LIST = { count: 4, size: 8 } as const;
const ENTRY = { type: 0, flags: 1, size: 2, mask: 4, sid: 8 } as const;
const SE_DACL_PROTECTED = 0x1000;
const OBJECT_AND_CONTAINER_INHERIT = 0x3;
const FILE_ALL_ACCESS = 0x1f_01ff;
const FILE_GENERIC_READ = 0x12_0089;

const advapi32 = koffi.load('advapi32.dll');
const parse = advapi32.func(
  'int ConvertStringSecurityDescriptorToSecurityDescriptorW(str16 text, uint32_t revision, void *descriptor, void *size)',
);
const localFree = koffi.load('kernel32.dll').func('void *LocalFree(void *memory)');

/** A security descriptor in its binary form, as Windows makes it of a text. */
function binaryOf(text: string): Buffer {
  const [descriptor, size] = [new BigUint64Array(1), new Uint32Array(1)];
  expect(parse(text, 1, descriptor, size)).not.toBe(0);
  const [address = 0n] = descriptor;
  const bytes = Buffer.from(koffi.view(address, size[0] ?? 0).slice(0));
  localFree(address);
  return bytes;
}

/** `S-1-5-18` from its binary form. */
function sidAt(bytes: Buffer, at: number): string {
  const parts = Array.from({ length: bytes.readUInt8(at + 1) }, (_, part) => bytes.readUInt32LE(at + 8 + 4 * part));
  return ['S', bytes.readUInt8(at), bytes.readUIntBE(at + 2, 6), ...parts].join('-');
}

function entriesOf(bytes: Buffer): object[] {
  const list = bytes.readUInt32LE(DESCRIPTOR.list);
  let at = list + LIST.size;
  return Array.from({ length: bytes.readUInt16LE(list + LIST.count) }, () => {
    const entry = {
      type: bytes.readUInt8(at + ENTRY.type),
      flags: bytes.readUInt8(at + ENTRY.flags),
      mask: bytes.readUInt32LE(at + ENTRY.mask),
      sid: sidAt(bytes, at + ENTRY.sid),
    };
    at += bytes.readUInt16LE(at + ENTRY.size);
    return entry;
  });
}

describe('a private folder', () => {
  afterEach(() => rmSync(FOLDER, { recursive: true, force: true }));

  it('is full access for SYSTEM and Administrators and reading for the service, inside, too, and inherits nothing', () => {
    const bytes = binaryOf(PRIVATE);
    const all = { type: 0, flags: OBJECT_AND_CONTAINER_INHERIT };
    expect(entriesOf(bytes)).toEqual([
      { ...all, mask: FILE_ALL_ACCESS, sid: 'S-1-5-18' },
      { ...all, mask: FILE_ALL_ACCESS, sid: 'S-1-5-32-544' },
      { ...all, mask: FILE_GENERIC_READ, sid: SID },
    ]);
    expect(sidAt(bytes, bytes.readUInt32LE(DESCRIPTOR.owner))).toBe('S-1-5-32-544');
    expect(bytes.readUInt16LE(DESCRIPTOR.control) & SE_DACL_PROTECTED).not.toBe(0);
  });

  it('has files that inherit all that, as nothing else is said of them', () => {
    const bytes = binaryOf('O:BAD:');
    expect(entriesOf(bytes)).toEqual([]);
    expect(bytes.readUInt16LE(DESCRIPTOR.control) & SE_DACL_PROTECTED).toBe(0);
  });

  it('is made, and is so already the second time', () => {
    const libraries = systemLibraries();
    const make = () => makePrivate({ path: FOLDER, service: 'netstat-exporter', program: process.execPath }, libraries);
    mkdirSync(`${FOLDER}\\inside`, { recursive: true });
    writeFileSync(`${FOLDER}\\inside\\server.key`, '');
    expect(make()).toHaveLength(1);
    // Wine takes it all, and keeps nothing.
    if (isWine) return;
    const security = new FileSecurity(libraries);
    expect(security.read(FOLDER)).toBe(PRIVATE);
    expect(security.read(`${FOLDER}\\inside\\server.key`)).toBe(
      `O:BAD:AI(A;ID;FA;;;SY)(A;ID;FA;;;BA)(A;ID;FR;;;${SID})`,
    );
    expect(make()).toEqual([]);
  });
});
