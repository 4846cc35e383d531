// World: none. What package managers are told of a release.
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import packageJson from '../../../package.json' with { type: 'json' };
import { parseBaseAddress } from '../../../scripts/release/base-address.ts';
import { chocolateyPackage, fillIn } from '../../../scripts/release/manifests/chocolatey.ts';
import { msiProperties } from '../../../scripts/release/manifests/msi-properties.ts';
import type { Download, Installer } from '../../../scripts/release/manifests/product.ts';
import { scoopManifest } from '../../../scripts/release/manifests/scoop.ts';
import { wingetManifests } from '../../../scripts/release/manifests/winget.ts';

const { version } = packageJson;
const GITHUB = parseBaseAddress(`https://github.com/owner/repository/releases/download/v${version}`, version);
const ELSEWHERE = parseBaseAddress('https://example.com/files', version);
const PRODUCT_CODE = '{01234567-89AB-CDEF-0123-456789ABCDEF}';
const UPGRADE_CODE = '{FEDCBA98-7654-3210-FEDC-BA9876543210}';

const download = (arch: Download['arch'], kind: string, digit: string): Download => ({
  arch,
  name: `netstat-exporter-${version}-windows-${arch}.${kind}`,
  sha256: digit.repeat(64),
});
const installers: readonly Installer[] = [download('x64', 'msi', 'a'), download('arm64', 'msi', 'b')].map((file) => ({
  ...file,
  productCode: PRODUCT_CODE,
  upgradeCode: UPGRADE_CODE,
  productName: 'netstat-exporter',
  manufacturer: 'The netstat-exporter authors',
}));
const zips = [download('x64', 'zip', 'c'), download('arm64', 'zip', 'd')];

describe('the properties of an MSI', () => {
  const table = (codes: string): string =>
    `Property\tValue\r\ns72\tl0\r\nProperty\tProperty\r\nProductName\tnetstat-exporter\r\nManufacturer\tThe authors\r\n${codes}`;

  it('are read from its table', () => {
    expect(msiProperties(table(`UpgradeCode\t${UPGRADE_CODE}\r\nProductCode\t${PRODUCT_CODE}\r\n`), 'a.msi')).toEqual({
      productCode: PRODUCT_CODE,
      upgradeCode: UPGRADE_CODE,
      productName: 'netstat-exporter',
      manufacturer: 'The authors',
    });
  });

  it.each([
    [`UpgradeCode\t${UPGRADE_CODE}\n`, 'a.msi: its property ProductCode is ""'],
    [`UpgradeCode\t${UPGRADE_CODE}\nProductCode\t*\n`, 'a.msi: its property ProductCode is "*"'],
    [`MyUpgradeCode\t${UPGRADE_CODE}\nProductCode\t${PRODUCT_CODE}\n`, 'a.msi: its property UpgradeCode is ""'],
  ])('are all needed: %j', (codes, message) => {
    expect(() => msiProperties(table(codes), 'a.msi')).toThrow(message);
  });
});

describe('winget', () => {
  const files = wingetManifests(installers, GITHUB, '2026-12-01');
  const id = 'netstat-exporter.netstat-exporter';
  const read = (suffix: string) => parse(files.get(`${id}/${version}/${id}${suffix}.yaml`) ?? '');

  it('gets three files, each with its kind and the schema that it follows', () => {
    expect([...files.keys()]).toHaveLength(3);
    for (const [suffix, kind] of [
      ['', 'version'],
      ['.installer', 'installer'],
      ['.locale.en-US', 'defaultLocale'],
    ] as const) {
      expect(read(suffix)).toMatchObject({
        PackageIdentifier: id,
        PackageVersion: version,
        ManifestType: kind,
        ManifestVersion: '1.10.0',
      });
      expect(files.get(`${id}/${version}/${id}${suffix}.yaml`)).toMatch(
        new RegExp(
          `^# yaml-language-server: \\$schema=https://aka\\.ms/winget-manifest\\.${kind}\\.1\\.10\\.0\\.schema\\.json\n`,
        ),
      );
    }
    expect(read('')).toMatchObject({ DefaultLocale: 'en-US' });
    expect(read('.locale.en-US')).toMatchObject({ PackageLocale: 'en-US', PackageUrl: GITHUB.homepage });
  });

  it('is told where each MSI is, its sum, and its codes', () => {
    expect(read('.installer')).toMatchObject({ InstallerType: 'msi', Scope: 'machine' });
    expect(read('.installer').Installers).toEqual([
      {
        Architecture: 'x64',
        InstallerUrl: `${GITHUB.url}/netstat-exporter-${version}-windows-x64.msi`,
        InstallerSha256: 'A'.repeat(64),
        ProductCode: PRODUCT_CODE,
        AppsAndFeaturesEntries: [
          {
            DisplayName: 'netstat-exporter',
            Publisher: 'The netstat-exporter authors',
            ProductCode: PRODUCT_CODE,
            UpgradeCode: UPGRADE_CODE,
          },
        ],
      },
      expect.objectContaining({ Architecture: 'arm64', InstallerSha256: 'B'.repeat(64) }),
    ]);
  });

  it('reads versions and dates as text', () => {
    const plain = parse(files.get(`${id}/${version}/${id}.installer.yaml`) ?? '', { version: '1.1' });
    for (const name of ['PackageVersion', 'MinimumOSVersion', 'ManifestVersion'])
      expect(plain[name]).toBeTypeOf('string');
    expect(read('.installer').ReleaseDate).toBe('2026-12-01');
  });
});

describe('scoop', () => {
  const read = (base = GITHUB, files = zips) => JSON.parse(scoopManifest(files, base));

  it('is told where each zip is, its sum, and the folder in it', () => {
    expect(read()).toMatchObject({
      version,
      homepage: GITHUB.homepage,
      license: 'Apache-2.0',
      bin: 'netstat-exporter.exe',
    });
    expect(read().architecture).toEqual({
      '64bit': {
        url: `${GITHUB.url}/netstat-exporter-${version}-windows-x64.zip`,
        hash: 'c'.repeat(64),
        extract_dir: `netstat-exporter-${version}-windows-x64`,
      },
      arm64: {
        url: `${GITHUB.url}/netstat-exporter-${version}-windows-arm64.zip`,
        hash: 'd'.repeat(64),
        extract_dir: `netstat-exporter-${version}-windows-arm64`,
      },
    });
  });

  it('finds later versions by itself at GitHub', () => {
    const url = 'https://github.com/owner/repository/releases/download/v$version/netstat-exporter-$version-windows';
    expect(read().checkver).toEqual({ github: 'https://github.com/owner/repository' });
    expect(read().autoupdate).toEqual({
      architecture: {
        '64bit': { url: `${url}-x64.zip`, extract_dir: 'netstat-exporter-$version-windows-x64' },
        arm64: { url: `${url}-arm64.zip`, extract_dir: 'netstat-exporter-$version-windows-arm64' },
      },
      hash: { url: '$baseurl/SHA256SUMS' },
    });
  });

  it('does not guess where later versions are elsewhere', () => {
    expect(read(ELSEWHERE)).not.toHaveProperty('checkver');
    expect(read(ELSEWHERE)).not.toHaveProperty('autoupdate');
    const withVersion = parseBaseAddress(`https://example.com/${version}`, version);
    expect(read(withVersion).autoupdate.architecture['64bit'].url).toMatch(/^https:\/\/example\.com\/\$version\//);
  });

  it('gets what there is', () => {
    expect(Object.keys(read(GITHUB, zips.slice(0, 1)).architecture)).toEqual(['64bit']);
  });
});

describe('Chocolatey', () => {
  const files = chocolateyPackage(download('x64', 'msi', 'a'), GITHUB);
  const url = `${GITHUB.url}/netstat-exporter-${version}-windows-x64.msi`;

  it('gets a package with what its moderators ask for', () => {
    expect([...files.keys()].sort()).toEqual([
      'netstat-exporter.nuspec',
      'tools/LICENSE.txt',
      'tools/VERIFICATION.txt',
      'tools/chocolateyInstall.ps1',
      'tools/chocolateyUninstall.ps1',
    ]);
    expect([...files.values()].filter((text) => text.includes('{{'))).toEqual([]);
  });

  it('is told where the MSI is, and its sum', () => {
    const script = files.get('tools/chocolateyInstall.ps1');
    expect(script).toContain(`url64bit       = '${url}'`);
    expect(script).toContain(`checksum64     = '${'a'.repeat(64)}'`);
    expect(files.get('tools/VERIFICATION.txt')).toContain(url);
    expect(files.get('netstat-exporter.nuspec')).toContain(`<version>${version}</version>`);
  });

  it('is told nothing that could mean something else in its files', () => {
    expect(() => fillIn("'{{a}}'", { a: "x'; y" })).toThrow("{{a}} cannot be put into a template: x'; y");
    expect(() => fillIn('<a>{{a}}</a>', { a: 'x & y' })).toThrow('{{a}} cannot be put into a template');
    expect(() => fillIn('{{b}}', { a: 'x' })).toThrow('a template asks for {{b}}, which there is not');
    expect(fillIn('{{a}}-{{a}}', { a: 'x' })).toBe('x-x');
  });
});
