// The GUIDs of the package: made from names, so that each build of the same has the same.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Ours alone, and the package's UpgradeCode: it never changes. */
export const UPGRADE_CODE = '{C1C3C9B5-4E86-4E6B-9B0A-9D2B1E3F7A54}';

/** "UUID version 5" (RFC 9562, section 5.5) of a name, in the namespace of the UpgradeCode; as Windows Installer writes it. */
export function guidOf(name: string): string {
  const namespace = Buffer.from(UPGRADE_CODE.replaceAll(/[{}-]/g, ''), 'hex');
  const bytes = createHash('sha1').update(namespace).update(name).digest().subarray(0, 16);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x50, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = bytes.toString('hex').toUpperCase();
  return `{${[hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')}}`;
}

/** A digest of the files that make the package. */
export function contentOf(source: string, folder: string): string {
  const digest = createHash('sha256').update(readFileSync(source));
  for (const name of readdirSync(folder).sort()) digest.update(`\0${name}\0`).update(readFileSync(join(folder, name)));
  return digest.digest('hex');
}
