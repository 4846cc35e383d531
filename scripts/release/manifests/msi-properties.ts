// What an MSI says of itself, read by msiinfo of msitools.
import { runTool } from '../../run-tool.ts';
import type { Installer } from './product.ts';

type MsiProperties = Pick<Installer, 'productCode' | 'upgradeCode' | 'productName' | 'manufacturer'>;

/** From the table Property ("Property table", Windows Installer). */
export async function readMsiProperties(file: string): Promise<MsiProperties> {
  return msiProperties(await runTool('msiinfo', ['export', file, 'Property']), file);
}

/** `table`: lines of a property and its value, after three of headings. `file` is for errors. */
export function msiProperties(table: string, file: string): MsiProperties {
  const read = (property: string, form: RegExp): string => {
    const value = new RegExp(`^${property}\\t(.*?)\\r?$`, 'm').exec(table)?.[1] ?? '';
    if (!form.test(value)) throw new Error(`${file}: its property ${property} is "${value}"`);
    return value;
  };
  const code = /^\{[0-9A-F]{8}(?:-[0-9A-F]{4}){3}-[0-9A-F]{12}\}$/;
  return {
    productCode: read('ProductCode', code),
    upgradeCode: read('UpgradeCode', code),
    productName: read('ProductName', /./),
    manufacturer: read('Manufacturer', /./),
  };
}
