// World: debhelper. Provided by: npm run test:packages
// What the Debian package is made of, and how. The program in it is a small one of the host's.
import { execFileSync, spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildDeb } from '../../scripts/build-deb.ts';
import { PROJECT } from '../../scripts/run-command.ts';
import { SYSTEMD_FOLDER } from '../deploy/systemd/unit-file.ts';

const KOFFI = 'koffi-0123456789abcdef0123456789abcdef.node';
/** 2023-11-14T22:13:20Z: before whatever the test makes. */
const TIME = 1_700_000_000;

const hasDebhelper = process.env['CI'] !== undefined || spawnSync('dh', ['--help']).error === undefined;

describe.skipIf(!hasDebhelper)(`a built package${hasDebhelper ? '' : ' (provided by: npm run test:packages)'}`, () => {
  const folder = mkdtempSync(join(tmpdir(), 'netstat-exporter-deb-'));
  const from = join(folder, 'program');
  const unpacked = join(folder, 'unpacked');
  let deb: string;

  beforeAll(async () => {
    mkdirSync(from);
    copyFileSync('/bin/true', join(from, 'netstat-exporter'));
    copyFileSync('/bin/true', join(from, KOFFI));
    writeFileSync(join(from, 'LICENSE'), 'ours');
    writeFileSync(join(from, 'THIRD-PARTY-NOTICES.txt'), '== a 1.0.0 (MIT) ==\n\nCopyright (c) 2020 One\n');
    deb = await buildDeb({ from, into: folder, arch: 'x64', version: '1.2.3-rc.1', compression: 1 });
    dpkgDeb('--extract', deb, unpacked);
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const dpkgDeb = (...args: readonly string[]): string => execFileSync('dpkg-deb', args, { encoding: 'utf8' });
  const field = (name: string, of = deb): string => dpkgDeb('--field', of, name).trim();

  it('is called as Debian calls packages, and is before the release of its version', () => {
    expect(deb).toBe(join(folder, 'netstat-exporter_1.2.3~rc.1_amd64.deb'));
    expect([field('Version'), field('Architecture')]).toEqual(['1.2.3~rc.1', 'amd64']);
    expect(spawnSync('dpkg', ['--compare-versions', field('Version'), 'lt', '1.2.3']).status).toBe(0);
  });

  it('has these files, all of root', () => {
    const files = dpkgDeb('--contents', deb)
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('d'))
      .map((line) => line.replace(/^(\S+) +(\S+) +\d+ \S+ \S+ \.(.*)$/, '$1 $2 $3'));
    expect(files.sort()).toEqual(
      [
        '-rw------- root/root /etc/default/netstat-exporter',
        '-rwxr-xr-x root/root /usr/lib/netstat-exporter/netstat-exporter',
        `-rw-r--r-- root/root /usr/lib/netstat-exporter/${KOFFI}`,
        '-rw-r--r-- root/root /usr/lib/systemd/system/netstat-exporter.service',
        '-rw-r--r-- root/root /usr/lib/systemd/system/netstat-exporter.socket',
        '-rw-r--r-- root/root /usr/lib/sysusers.d/netstat-exporter.conf',
        '-rw-r--r-- root/root /usr/share/doc/netstat-exporter/THIRD-PARTY-NOTICES.txt',
        '-rw-r--r-- root/root /usr/share/doc/netstat-exporter/changelog.gz',
        '-rw-r--r-- root/root /usr/share/doc/netstat-exporter/copyright',
        '-rw-r--r-- root/root /usr/share/lintian/overrides/netstat-exporter',
        '-rw-r--r-- root/root /usr/share/man/man1/netstat-exporter.1.gz',
        'lrwxrwxrwx root/root /usr/bin/netstat-exporter -> ../lib/netstat-exporter/netstat-exporter',
      ].sort(),
    );
    expect(dpkgDeb('--info', deb, 'conffiles')).toBe('/etc/default/netstat-exporter\n');
  });

  it('has the program, the units and the settings as they are', () => {
    const same = (path: string, source: string): void =>
      expect(readFileSync(join(unpacked, path)).equals(readFileSync(source)), path).toBe(true);
    same('usr/lib/netstat-exporter/netstat-exporter', join(from, 'netstat-exporter'));
    same(`usr/lib/netstat-exporter/${KOFFI}`, join(from, KOFFI));
    same('usr/lib/sysusers.d/netstat-exporter.conf', join(SYSTEMD_FOLDER, 'netstat-exporter.sysusers'));
    same('etc/default/netstat-exporter', join(SYSTEMD_FOLDER, 'netstat-exporter.default'));
    for (const unit of ['netstat-exporter.service', 'netstat-exporter.socket'])
      same(`usr/lib/systemd/system/${unit}`, join(SYSTEMD_FOLDER, unit));
    expect(readFileSync(join(unpacked, 'usr/share/doc/netstat-exporter/copyright'), 'utf8')).toContain(
      '\nFiles: node_modules/a/*\nCopyright: Copyright (c) 2020 One\n',
    );
  });

  it('has a manual page that is shown without a complaint', () => {
    const page = join(unpacked, 'usr/share/man/man1/netstat-exporter.1.gz');
    const { status, stdout, stderr } = spawnSync('man', ['--warnings', '--local-file', page], {
      encoding: 'utf8',
      env: { ...process.env, LC_ALL: 'C.UTF-8', MANROFFSEQ: '', MANWIDTH: '200' },
    });
    expect([status, stderr]).toEqual([0, '']);
    expect(stdout).toContain('netstat-exporter - exports who holds the TCP and UDP ports of this host');
    expect(stdout).toContain('       --collector.process.name-rule=image=regexp\n');
    expect(stdout).toContain('Default: 10s.');
  });

  it('asks for glibc as the program does', () => {
    expect(field('Depends')).toMatch(/^libc6 \(>= 2\.\d+\), systemd \| /);
  });

  it('is the same bytes again under another umask, time zone and language, in another folder', () => {
    const build = (name: string, umask: string, variables: Readonly<Record<string, string>>): Buffer => {
      const into = join(folder, name);
      const options = JSON.stringify({ from, into, arch: 'x64', compression: 1 });
      const script = `import { buildDeb } from ${JSON.stringify(join(PROJECT, 'scripts', 'build-deb.ts'))}; await buildDeb(${options});`;
      execFileSync(
        'sh',
        ['-ec', `umask ${umask}; exec "$0" --input-type=module --eval "$1"`, process.execPath, script],
        {
          env: { ...process.env, ...variables, SOURCE_DATE_EPOCH: String(TIME) },
        },
      );
      const [file = '', ...others] = readdirSync(into);
      expect(others).toEqual([]);
      return readFileSync(join(into, file));
    };
    const one = build('one', '022', { TZ: 'UTC', LC_ALL: 'C' });
    const other = build('other', '077', { TZ: 'Asia/Tokyo', LC_ALL: 'C.UTF-8' });
    expect(one.equals(other)).toBe(true);
  });

  it('is for arm64 where that is asked for', async () => {
    const arm = await buildDeb({ from, into: folder, arch: 'arm64', version: '1.2.3', compression: 1 });
    expect(arm).toBe(join(folder, 'netstat-exporter_1.2.3_arm64.deb'));
    expect(field('Architecture', arm)).toBe('arm64');
  });

  it.each([
    ['no library of koffi’s', [], 'has 0 files called'],
    ['two of them', [KOFFI, KOFFI.replace('0', '1')], 'has 2 files called'],
  ])('is not made of a folder with %s, and nothing is left', async (name, libraries, message) => {
    const source = join(folder, name);
    const into = join(folder, `${name}, made`);
    mkdirSync(source);
    for (const file of ['netstat-exporter', 'THIRD-PARTY-NOTICES.txt'])
      copyFileSync(join(from, file), join(source, file));
    for (const library of libraries) copyFileSync('/bin/true', join(source, library));
    await expect(buildDeb({ from: source, into, arch: 'x64' })).rejects.toThrow(message);
    expect(readdirSync(folder)).not.toContain(`${name}, made`);
  });
});
