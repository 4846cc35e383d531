// World: osslsigncode, openssl, mingw-w64. Signatures of executables.
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { sign } from '../../scripts/release/signing.ts';
import {
  makeSigningAuthority,
  type SigningAuthority,
  startTimestampServer,
  type TimestampServer,
} from './signing-authority.ts';

const TIME = Math.floor(Date.UTC(2026, 5, 1) / 1000);

describe('a signed executable', () => {
  const root = mkdtempSync(join(tmpdir(), 'netstat-exporter-signing-'));
  const [unsigned, file] = [join(root, 'unsigned.exe'), join(root, 'files', 'program.exe')];
  let authority: SigningAuthority;
  let clock: TimestampServer;

  beforeAll(async () => {
    mkdirSync(join(root, 'files'));
    authority = makeSigningAuthority(root);
    clock = await startTimestampServer(root);
    writeFileSync(join(root, 'program.c'), 'int main(void) { return 7; }\n');
    execFileSync('x86_64-w64-mingw32-gcc', ['-o', unsigned, join(root, 'program.c')]);
  });
  afterAll(() => {
    clock.server.close();
    rmSync(root, { recursive: true });
  });
  beforeEach(() => copyFileSync(unsigned, file));

  const verify = (...args: readonly string[]): string =>
    execFileSync('osslsigncode', ['verify', '-CAfile', authority.certificate, ...args, '-in', file], {
      encoding: 'utf8',
      stdio: 'pipe',
    });

  it('is verified by who trusts the certificate, and holds until a byte is changed', async () => {
    const { certificate, key } = authority;
    expect(() => verify()).toThrow();
    await sign(file, { certificate, key }, TIME);
    expect(verify()).toContain('Signature verification: ok');
    const bytes = readFileSync(file);
    bytes.writeUInt8(bytes.readUInt8(0x400) ^ 1, 0x400);
    writeFileSync(file, bytes);
    expect(() => verify()).toThrow();
  });

  it('is the same each time, but for a timestamp, and leaves nothing beside it', async () => {
    const { certificate, key } = authority;
    await sign(file, { certificate, key }, TIME);
    const first = readFileSync(file);
    copyFileSync(unsigned, file);
    await sign(file, { certificate, key }, TIME);
    expect(readFileSync(file).equals(first)).toBe(true);
    expect(readdirSync(join(root, 'files'))).toEqual(['program.exe']);
  });

  it('says what it is, and its sums are of SHA-256', async () => {
    const { certificate, key } = authority;
    await sign(file, { certificate, key }, TIME);
    expect(verify()).toMatch(/Message digest algorithm +: SHA256/);
    expect(verify()).toContain('Text description: netstat-exporter');
    expect(verify()).toContain('Jun  1 00:00:00 2026');
  });

  it('is signed with a container whose password is in a file', async () => {
    const { container, passwordFile } = authority;
    await sign(file, { certificate: container, passwordFile }, TIME);
    expect(verify()).toContain('Signature verification: ok');
  });

  it('has the time of a server', async () => {
    const { certificate, key } = authority;
    await sign(file, { certificate, key, timestamp: clock.url }, TIME);
    const text = verify('-TSA-CAfile', clock.certificate);
    expect(text).toContain('Timestamp Server Signature verification: ok');
    expect(text).toContain('CN=clock of a test');
  });

  it('stays unsigned where it cannot be signed, with one line that says why, and no password', async () => {
    const { container } = authority;
    const wrong = join(root, 'wrong');
    writeFileSync(wrong, 'secret\n');
    const failed = sign(file, { certificate: container, passwordFile: wrong }, TIME);
    await expect(failed).rejects.toThrow(/^osslsigncode failed: [^\n]+$/);
    await expect(failed).rejects.not.toThrow('secret');
    expect(readFileSync(file).equals(readFileSync(unsigned))).toBe(true);
    expect(readdirSync(join(root, 'files'))).toEqual(['program.exe']);
  });

  it('stays unsigned where the server of timestamps does not answer', async () => {
    const { certificate, key } = authority;
    const failed = sign(file, { certificate, key, timestamp: 'http://127.0.0.1:9/' }, TIME);
    await expect(failed).rejects.toThrow('osslsigncode failed');
    expect(readFileSync(file).equals(readFileSync(unsigned))).toBe(true);
  });
});
