// World: what the packages are made with, and osslsigncode, openssl, sha256sum, zip, tar, dpkg-deb, msitools and Python (provided by: npm run
// test:packages); Wine (provided by: npm run test:windows). A release, looked at with the tools that its users have.
import { execFileSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import packageJson from '../../package.json' with { type: 'json' };
import { nodeLicence } from '../../scripts/build-exe/node-release.ts';
import { parseBaseAddress } from '../../scripts/release/base-address.ts';
import type { ReleaseOptions } from '../../scripts/release/options.ts';
import { release } from '../../scripts/release.ts';
import { PROJECT } from '../../scripts/run-command.ts';
import { isCycloneDx, isPowerShell, isXml } from './python-readers.ts';
import { makeSigningAuthority, type SigningAuthority } from './signing-authority.ts';
import { HAS_WINE, startUnderWine } from './wine-start.ts';

const { version } = packageJson;
const NAME = `netstat-exporter-${version}`;
const FILES = {
  zip: `${NAME}-windows-x64.zip`,
  msi: `${NAME}-windows-x64.msi`,
  tar: `${NAME}-linux-x64.tar.gz`,
  deb: `netstat-exporter_${version}_amd64.deb`,
  npm: `${NAME}.tgz`,
  deploy: `${NAME}-deploy.tar.gz`,
  sbom: `${NAME}.cdx.json`,
} as const;

const root = mkdtempSync(join(tmpdir(), 'netstat-exporter-release-'));
const into = join(root, 'release');
const unpacked = join(root, 'unpacked');
const run = (command: string, args: readonly string[], cwd = into): string =>
  execFileSync(command, args, { cwd, encoding: 'utf8', stdio: 'pipe' });
const read = (...path: readonly string[]): string => readFileSync(join(into, ...path), 'utf8');
const fileSum = (name: string): string | undefined =>
  new RegExp(`^([0-9a-f]{64})  ${name}$`, 'm').exec(read('SHA256SUMS'))?.[1];

let authority: SigningAuthority;
let options: ReleaseOptions;

beforeAll(async () => {
  for (const name of ['authority', 'unpacked']) mkdirSync(join(root, name));
  authority = makeSigningAuthority(join(root, 'authority'));
  options = {
    into,
    isSnapshot: true,
    isQuick: true,
    targets: ['win32-x64', 'linux-x64'],
    baseAddress: parseBaseAddress(`https://example.com/${version}`, version),
    signing: { certificate: authority.container, passwordFile: authority.passwordFile },
  };
  await release(options);
  run('unzip', ['-q', FILES.zip, '-d', unpacked]);
  run('tar', ['-xzf', FILES.tar, '-C', unpacked]);
});
afterAll(() => rmSync(root, { recursive: true }));

describe('a release', () => {
  it('has the files of each platform and of all, and nothing half made', () => {
    const others = ['RELEASE-NOTES.md', 'SHA256SUMS', 'manifests'];
    expect(readdirSync(into).sort()).toEqual([...Object.values(FILES), ...others].sort());
    expect(readdirSync(root).sort()).toEqual(['authority', 'release', 'unpacked']);
  });

  it('has sums of all that is downloaded, which sha256sum takes, and which a changed byte does not have', () => {
    const listed = Array.from(read('SHA256SUMS').matchAll(/^[0-9a-f]{64} {2}(\S+)$/gm), ([, name]) => name);
    expect(listed).toEqual(Object.values(FILES).sort());
    expect(run('sha256sum', ['--check', '--strict', 'SHA256SUMS'])).toMatch(/^(?:\S+: OK\n)+$/);
    const downloads = mkdtempSync(join(root, 'downloads-'));
    for (const name of ['SHA256SUMS', FILES.npm]) copyFileSync(join(into, name), join(downloads, name));
    const check = (): string => run('sha256sum', ['--check', '--ignore-missing', 'SHA256SUMS'], downloads);
    expect(check()).toBe(`${FILES.npm}: OK\n`);
    changeByte(join(downloads, FILES.npm), 1000);
    expect(check).toThrow('1 computed checksum did NOT match');
    rmSync(downloads, { recursive: true });
  });

  it('says what is new, that it is a snapshot, and what is signed', () => {
    const changelog = readFileSync(join(PROJECT, 'CHANGELOG.md'), 'utf8');
    const newest = /^## .*\n\n(- .*)\n/m.exec(changelog)?.[1] ?? 'no entry';
    expect(read('RELEASE-NOTES.md')).toMatch(/^A snapshot of [0-9a-f]{12}/);
    expect(read('RELEASE-NOTES.md')).toContain(`\n${newest}\n`);
    expect(read('RELEASE-NOTES.md')).toContain('The Windows program and its MSI are signed, without a timestamp');
  });
});

describe('the signatures', () => {
  const verify = (file: string): string =>
    run('osslsigncode', ['verify', '-CAfile', authority.certificate, '-in', file]);
  const executable = join(unpacked, `${NAME}-windows-x64`, 'netstat-exporter.exe');

  it('of the program and of the MSI are verified by who trusts the certificate', () => {
    for (const file of [executable, join(into, FILES.msi)])
      expect(verify(file)).toContain('Signature verification: ok');
  });

  it.each([
    ['the program', executable],
    ['the MSI', join(into, FILES.msi)],
  ])('of %s is refused when a byte is changed', (_, file) => {
    const copy = join(root, 'changed');
    copyFileSync(file, copy);
    changeByte(copy, 1_000_000);
    expect(() => verify(copy)).toThrow();
    rmSync(copy);
  });

  it('of the program are those of what the MSI installs', () => {
    const folder = mkdtempSync(join(root, 'extracted-'));
    run('msiextract', ['--directory', folder, FILES.msi]);
    const name = readdirSync(folder, { recursive: true, encoding: 'utf8' }).find((path) => path.endsWith('.exe')) ?? '';
    expect(readFileSync(join(folder, name)).equals(readFileSync(executable))).toBe(true);
    rmSync(folder, { recursive: true });
  });
});

describe('what is installed', () => {
  it('for Linux runs as it was unpacked', () => {
    const folder = join(unpacked, `${NAME}-linux-x64`);
    expect(run(join(folder, 'netstat-exporter'), ['--version'])).toContain(version);
    expect(readFileSync(join(folder, 'THIRD-PARTY-NOTICES.txt'), 'utf8')).toContain(
      nodeLicence(process.versions.node).trim(),
    );
  });

  it('has this version for Debian, npm and Windows', () => {
    expect(run('dpkg-deb', ['--field', FILES.deb, 'Package', 'Version', 'Architecture'])).toBe(
      `Package: netstat-exporter\nVersion: ${version}\nArchitecture: amd64\n`,
    );
    expect(JSON.parse(run('tar', ['-xzOf', FILES.npm, 'package/package.json']))).toMatchObject({ version });
    expect(run('msiinfo', ['export', FILES.msi, 'Property'])).toContain(`ProductVersion\t${version}`);
  });

  it('comes with the configurations and dashboards, without the code that makes them', () => {
    const names = run('tar', ['-tzf', FILES.deploy]).split('\n');
    expect(names).toContain(`${NAME}-deploy/deploy/systemd/netstat-exporter.service`);
    expect(names).toContain(`${NAME}-deploy/dashboards/alerts.yaml`);
    expect(names.filter((name) => name.endsWith('.ts'))).toEqual([]);
  });
});

describe.skipIf(!HAS_WINE)('the signed program (provided by: npm run test:windows)', () => {
  it('starts under Wine, and loads koffi', () => {
    const output = startUnderWine(join(unpacked, `${NAME}-windows-x64`));
    expect(output).toContain(version);
    expect(output).toContain('found our listener');
  });
});

describe('the bill of materials', () => {
  it('is one to a reader of another make', () => {
    expect(isCycloneDx(read(FILES.sbom))).toBe(true);
    expect(isCycloneDx(read(FILES.sbom).replace('"specVersion"', '"version of"'))).toBe(false);
  });

  it('has the sums of the files', () => {
    const { components } = JSON.parse(read(FILES.sbom));
    const sums = new Map(
      components
        .filter(({ type }: { type: string }) => type === 'file')
        .map(({ name, hashes: [{ content }] }: { name: string; hashes: [{ content: string }] }) => [name, content]),
    );
    expect(sums.size).toBe(Object.keys(FILES).length - 1);
    for (const [name, sum] of sums) expect(sum).toBe(fileSum(String(name)));
  });
});

describe('the manifests', () => {
  it('tell winget the sum of the MSI, and its codes', () => {
    const id = 'netstat-exporter.netstat-exporter';
    const [installer] = parse(read('manifests', 'winget', id, version, `${id}.installer.yaml`)).Installers;
    expect(installer.InstallerUrl).toBe(`https://example.com/${version}/${FILES.msi}`);
    expect(installer.InstallerSha256.toLowerCase()).toBe(fileSum(FILES.msi));
    const properties = run('msiinfo', ['export', FILES.msi, 'Property']);
    expect(properties).toContain(`ProductCode\t${installer.ProductCode}`);
    expect(properties).toContain(`UpgradeCode\t${installer.AppsAndFeaturesEntries[0].UpgradeCode}`);
  });

  it('tell scoop the sum of the zip, and the folder in it', () => {
    const { architecture, bin } = JSON.parse(read('manifests', 'scoop', 'netstat-exporter.json'));
    expect(architecture['64bit'].hash).toBe(fileSum(FILES.zip));
    expect(existsSync(join(unpacked, architecture['64bit'].extract_dir, bin))).toBe(true);
  });

  it('tell Chocolatey the sum of the MSI, in XML and PowerShell that are well-formed', () => {
    const place = join(into, 'manifests', 'chocolatey');
    expect(read('manifests', 'chocolatey', 'tools', 'chocolateyInstall.ps1')).toContain(`'${fileSum(FILES.msi)}'`);
    expect(read('manifests', 'chocolatey', 'tools', 'VERIFICATION.txt')).toContain(fileSum(FILES.msi) ?? 'no sum');
    const nuspec = readFileSync(join(place, 'netstat-exporter.nuspec'), 'utf8');
    expect(isXml(nuspec)).toBe(true);
    expect(isXml(`${nuspec}<`)).toBe(false);
    for (const name of ['chocolateyInstall.ps1', 'chocolateyUninstall.ps1']) {
      const script = readFileSync(join(place, 'tools', name), 'utf8');
      expect(isPowerShell(script)).toBe(true);
      expect(isPowerShell(`${script}}`)).toBe(false);
    }
  });
});

describe('another release', () => {
  it('of the same commit has the same sums, signatures included', async () => {
    const again = join(root, 'again');
    await release({ ...options, into: again, targets: ['win32-x64'] });
    const sums = readFileSync(join(again, 'SHA256SUMS'), 'utf8');
    for (const name of [FILES.deploy, FILES.npm, FILES.msi, FILES.zip])
      expect(sums).toContain(`${fileSum(name)}  ${name}\n`);
    rmSync(again, { recursive: true });
  });

  it('that fails leaves the one that was there, and nothing else', async () => {
    const sums = read('SHA256SUMS');
    const withoutWindows = { ...options, targets: [] };
    await expect(release(withoutWindows)).rejects.toThrow('the manifests need the target win32-x64');
    expect(read('SHA256SUMS')).toBe(sums);
    expect(readdirSync(root).filter((name) => name.startsWith('release'))).toEqual(['release']);
  });
});

function changeByte(file: string, offset: number): void {
  const bytes = readFileSync(file);
  bytes.writeUInt8(bytes.readUInt8(offset) ^ 1, offset);
  writeFileSync(file, bytes);
}
