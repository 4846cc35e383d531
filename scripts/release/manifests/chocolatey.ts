// The package of Chocolatey, as `choco pack` takes it: the templates of packaging/chocolatey, filled in. It installs the MSI for x64.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT } from '../../run-command.ts';
import type { BaseAddress } from '../base-address.ts';
import { type Download, PRODUCT } from './product.ts';

const TEMPLATES = join(PROJECT, 'packaging', 'chocolatey');

/** By their paths below the folder of Chocolatey. */
export function chocolateyPackage(msi: Download, base: BaseAddress): Map<string, string> {
  const { name, version, description, license, publisher, tags } = PRODUCT;
  const values = {
    ...{ name, version, description, license, publisher },
    tags: tags.join(' '),
    homepage: base.homepage,
    url: `${base.url}/${msi.name}`,
    sums: `${base.url}/SHA256SUMS`,
    sha256: msi.sha256,
  };
  const templates = readdirSync(TEMPLATES, { recursive: true, encoding: 'utf8' })
    .filter((path) => statSync(join(TEMPLATES, path)).isFile())
    .sort();
  const files = templates.map((path): [string, string] => [
    path,
    fillIn(readFileSync(join(TEMPLATES, path), 'utf8'), values),
  ]);
  return new Map([...files, ['tools/LICENSE.txt', readFileSync(join(PROJECT, 'LICENSE'), 'utf8')]]);
}

/** Puts values in for `{{name}}`. They are ours, and an address of few characters: none of them means something to XML or PowerShell. */
export function fillIn(template: string, values: Readonly<Record<string, string>>): string {
  return template.replaceAll(/\{\{(\w+)\}\}/g, (_, name: string) => {
    const value = values[name];
    if (value === undefined) throw new Error(`a template asks for {{${name}}}, which there is not`);
    if (/[<>&'"`$]/.test(value)) throw new Error(`{{${name}}} cannot be put into a template: ${value}`);
    return value;
  });
}
