// The manifest of scoop: the program without a service, in a folder of the user's.
import { basename } from 'node:path';
import type { BaseAddress } from '../base-address.ts';
import { type Download, PRODUCT } from './product.ts';

const ARCHITECTURES = { x64: '64bit', arm64: 'arm64' } as const;

export function scoopManifest(zips: readonly Download[], base: BaseAddress): string {
  const { version, description, license, name } = PRODUCT;
  const perArchitecture = (make: (zip: Download) => object): object =>
    Object.fromEntries(zips.map((zip) => [ARCHITECTURES[zip.arch], make(zip)]));
  const manifest = {
    version,
    description,
    homepage: base.homepage,
    license,
    architecture: perArchitecture((zip) => ({
      url: `${base.url}/${zip.name}`,
      hash: zip.sha256,
      extract_dir: basename(zip.name, '.zip'),
    })),
    bin: `${name}.exe`,
    ...(base.github !== undefined && { checkver: { github: base.github } }),
    // Where the address has no version in it, a next one cannot be told from it.
    ...(base.url.includes(version) && {
      autoupdate: {
        architecture: perArchitecture((zip) => ({
          url: templateOf(`${base.url}/${zip.name}`),
          extract_dir: templateOf(basename(zip.name, '.zip')),
        })),
        hash: { url: '$baseurl/SHA256SUMS' },
      },
    }),
  };
  return `${JSON.stringify(manifest, undefined, 4)}\n`;
}

function templateOf(text: string): string {
  return text.replaceAll(PRODUCT.version, '$version');
}
