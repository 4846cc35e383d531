// World: npm's registry or its cache, for the Windows node.exe; mingw-w64. What is made for Windows, looked at on Linux.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findIngredients } from '../../../scripts/build-exe/ingredients.ts';
import { checksumOf, readChecksum, setChecksum } from '../../../scripts/build-exe/pe-checksum.ts';
import { TARGETS, type TargetName } from '../../../scripts/build-exe/targets.ts';
import { buildExecutables } from '../../../scripts/build-exe.ts';

const root = mkdtempSync(join(tmpdir(), 'netstat-exporter-builds-'));
afterAll(() => rmSync(root, { recursive: true }));

/** "PE Format": the directory of the certificates is the fifth of the optional header's, which begins 24 bytes after the signature. */
function certificates(file: Buffer): number[] {
  const place = file.readUInt32LE(0x3c) + 24 + 112 + 4 * 8;
  return [file.readUInt32LE(place), file.readUInt32LE(place + 4)];
}

describe('the checksum', () => {
  it('is the one that the linker of Microsoft puts in, with a signature behind', async () => {
    const { node } = await findIngredients(TARGETS['win32-x64']);
    expect(certificates(node)[1]).toBeGreaterThan(0);
    expect(checksumOf(node)).toBe(readChecksum(node));
  });

  it('is the one that the linker of GNU puts in', () => {
    const [source, program] = [join(root, 'program.c'), join(root, 'program.exe')];
    writeFileSync(source, 'int main(void) { return 7; }\n');
    execFileSync('x86_64-w64-mingw32-gcc', ['-o', program, source]);
    const file = readFileSync(program);
    const linked = readChecksum(file);
    file.writeUInt32LE(0x1234_5678, file.readUInt32LE(0x3c) + 24 + 64);
    setChecksum(file);
    expect(readChecksum(file)).toBe(linked);
    // A last byte without a second one counts as a word with a zero.
    const odd = Buffer.concat([file, Buffer.from([7, 7])], file.length | 1);
    expect(checksumOf(odd)).toBe(checksumOf(Buffer.concat([odd, Buffer.alloc(1)])) - 1);
  });
});

describe('two builds', () => {
  const names: readonly TargetName[] = ['win32-x64', 'linux-x64'];
  const folders = ['one', 'two'].map((name) => join(root, name));

  beforeAll(async () => {
    for (const folder of folders) await buildExecutables(names, folder);
  });

  it.each([...names])('for %s give the same bytes, and the same files', (name) => {
    const [one = [], two = []] = folders.map((folder) =>
      readdirSync(join(folder, name)).map((file) => {
        const hash = createHash('sha256').update(readFileSync(join(folder, name, file)));
        return [file, hash.digest('hex')];
      }),
    );
    expect(one).toHaveLength(4);
    expect(one).toEqual(two);
  });

  it('leave no signature that does not hold, and a checksum that does', () => {
    const file = readFileSync(join(root, 'one/win32-x64/netstat-exporter.exe'));
    expect(certificates(file)).toEqual([0, 0]);
    expect(readChecksum(file)).toBe(checksumOf(file));
  });
});
