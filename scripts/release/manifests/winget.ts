// The manifests of winget, schema 1.10: what its repository of packages has of a version, in three files.
import { stringify } from 'yaml';
import type { BaseAddress } from '../base-address.ts';
import { type Installer, PRODUCT } from './product.ts';

const SCHEMA = '1.10.0';
const LOCALE = 'en-US';
/** The publisher, which the repository of packages may know by another name, and the package. */
const IDENTIFIER = 'netstat-exporter.netstat-exporter';

/** By their paths below the folder of winget. `date` is YYYY-MM-DD. */
export function wingetManifests(
  installers: readonly Installer[],
  base: BaseAddress,
  date: string,
): Map<string, string> {
  const { version, name, description, license, publisher, tags } = PRODUCT;
  const identity = { PackageIdentifier: IDENTIFIER, PackageVersion: version };
  const folder = `${IDENTIFIER}/${version}`;
  return new Map([
    [`${folder}/${IDENTIFIER}.yaml`, manifest('version', { ...identity, DefaultLocale: LOCALE })],
    [
      `${folder}/${IDENTIFIER}.installer.yaml`,
      manifest('installer', {
        ...identity,
        Platform: ['Windows.Desktop'],
        MinimumOSVersion: '10.0.0.0',
        InstallerType: 'msi',
        Scope: 'machine',
        InstallModes: ['silent', 'silentWithProgress'],
        UpgradeBehavior: 'install',
        ElevationRequirement: 'elevatesSelf',
        ReleaseDate: date,
        Installers: installers.map((installer) => installerOf(installer, base)),
      }),
    ],
    [
      `${folder}/${IDENTIFIER}.locale.${LOCALE}.yaml`,
      manifest('defaultLocale', {
        ...identity,
        PackageLocale: LOCALE,
        Publisher: publisher,
        PackageName: name,
        PackageUrl: base.homepage,
        License: license,
        ShortDescription: description,
        Moniker: name,
        Tags: tags,
      }),
    ],
  ]);
}

function installerOf({ arch, name, sha256, ...codes }: Installer, base: BaseAddress): object {
  return {
    Architecture: arch,
    InstallerUrl: `${base.url}/${name}`,
    InstallerSha256: sha256.toUpperCase(),
    ProductCode: codes.productCode,
    AppsAndFeaturesEntries: [
      {
        DisplayName: codes.productName,
        Publisher: codes.manufacturer,
        ProductCode: codes.productCode,
        UpgradeCode: codes.upgradeCode,
      },
    ],
  };
}

function manifest(type: 'version' | 'installer' | 'defaultLocale', content: object): string {
  const schema = `# yaml-language-server: $schema=https://aka.ms/winget-manifest.${type}.${SCHEMA}.schema.json`;
  // A date or a version that looks like a number would be read as one.
  const text = stringify({ ...content, ManifestType: type, ManifestVersion: SCHEMA }, { lineWidth: 0 });
  return `${schema}\n\n${text}`;
}
