// World: none. The command line of a release.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { TARGETS } from '../../../scripts/build-exe/targets.ts';
import { RELEASE, readOptions } from '../../../scripts/release/options.ts';

const folder = mkdtempSync(join(tmpdir(), 'netstat-exporter-options-'));
afterAll(() => rmSync(folder, { recursive: true }));
const file = (name: string): string => {
  writeFileSync(join(folder, name), '');
  return join(folder, name);
};
const [pfx, pem, key, password] = [file('a.pfx'), file('a.pem'), file('a.key'), file('password')];
const read = (...args: string[]) => readOptions(args, '1.2.3');

describe('the options of a release', () => {
  it('are by default a release of all targets, without signatures and manifests', () => {
    expect(read()).toEqual({ into: RELEASE, isSnapshot: false, isQuick: false, targets: Object.keys(TARGETS) });
  });

  it('name a folder from where they are given', () => {
    expect(read('--into=there', '--snapshot', '--quick')).toMatchObject({
      into: resolve('there'),
      isSnapshot: true,
      isQuick: true,
    });
  });

  it('replace nothing but a release', () => {
    const [used, empty, old] = ['used', 'empty', 'old'].map((name) => join(folder, name));
    for (const each of [used, empty, old]) mkdirSync(each ?? '');
    writeFileSync(join(used ?? '', 'photograph'), '');
    writeFileSync(join(old ?? '', 'RELEASE-NOTES.md'), '');
    expect(() => read(`--into=${used}`)).toThrow(`--into=${used}: there is something in it; allowed: an empty folder`);
    expect(() => read(`--into=${pem}`)).toThrow(`--into=${pem}: there is something in it`);
    expect(read(`--into=${empty}`).into).toBe(empty);
    expect(read(`--into=${old}`).into).toBe(old);
  });

  it('name targets, which come in the order of the table', () => {
    expect(read('--target=linux-x64', '--target=win32-x64').targets).toEqual(['win32-x64', 'linux-x64']);
  });

  it('sign with a container that has the key in it', () => {
    expect(read(`--certificate=${pfx}`, `--certificate-password-file=${password}`).signing).toEqual({
      certificate: pfx,
      passwordFile: password,
    });
  });

  it('sign with a certificate and its key, and with a timestamp', () => {
    const timestamp = 'http://time.example.com';
    expect(read(`--certificate=${pem}`, `--key=${key}`, `--timestamp=${timestamp}`).signing).toEqual({
      certificate: pem,
      key,
      timestamp,
    });
  });

  it.each([
    [['--target=macos'], '--target=macos: no such target; allowed: win32-x64, win32-arm64, linux-x64'],
    [['--sign'], "Unknown option '--sign'"],
    [['more'], "Unexpected argument 'more'"],
    [[`--key=${key}`], '--key needs --certificate'],
    [[`--certificate-password-file=${password}`], '--certificate-password-file needs --certificate'],
    [['--timestamp=http://time.example.com'], '--timestamp needs --certificate'],
    [[`--certificate=${key}`], 'neither .pfx or .p12, with the key in it, nor .pem, .crt or .cer'],
    [[`--certificate=${pem}`], 'needs --key'],
    [[`--certificate=${pfx}`, `--key=${key}`], 'the key is in'],
    [['--certificate=none.pfx'], '--certificate=none.pfx: there is no such file'],
    [[`--certificate=${pem}`, '--key=none'], '--key=none: there is no such file'],
    [[`--certificate=${pfx}`, '--certificate-password-file=none'], '--certificate-password-file=none: there is no'],
    [[`--certificate=${pfx}`, '--timestamp=time.example.com'], '--timestamp=time.example.com: not an http or https'],
  ])('refuse %j in one line', (args, message) => {
    expect(() => read(...args)).toThrow(message);
  });
});

describe('the address that the files are to be had from', () => {
  it('is of no use without the package that Chocolatey installs', () => {
    const address = '--base-address=https://example.com';
    expect(() => read(address, '--target=linux-x64')).toThrow(
      '--base-address: the manifests need the target win32-x64',
    );
  });

  it('loses its last slash, and is the homepage where nothing better is known', () => {
    const url = 'https://example.com/netstat-exporter/1.2.3';
    expect(read(`--base-address=${url}/`).baseAddress).toEqual({ url, homepage: url });
  });

  it('of a GitHub release tells the repository', () => {
    const github = 'https://github.com/owner/netstat-exporter';
    const url = `${github}/releases/download/v1.2.3`;
    expect(read(`--base-address=${url}`).baseAddress).toEqual({ url, homepage: github, github });
  });

  it.each([
    ['http://example.com', 'not an https address'],
    ['example.com', 'not an https address'],
    ['https://example.com/a?b', 'not an https address'],
    ['https://example.com/$(a)', 'not an https address'],
    ["https://example.com/a'b", 'not an https address'],
    ['https://example.com//a', 'not an https address'],
    ['https://github.com/owner/netstat-exporter/releases/download/v1.2.2', 'the tag of this release is v1.2.3'],
  ])('cannot be %s', (address, message) => {
    expect(() => read(`--base-address=${address}`)).toThrow(`--base-address=${address}: ${message}`);
  });
});
