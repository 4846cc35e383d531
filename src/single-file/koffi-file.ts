// koffi's binary, as it is packed into the single executable. The OS can load it only from a file.

import { createHash } from 'node:crypto';
import { getRawAsset } from 'node:sea';

/** What scripts/build-exe packs it under. */
export const KOFFI_ASSET = 'koffi.node';

/** Of the hash in the file's name: 128 bits. */
const HASH_DIGITS = 32;
/** The names that the file has in any version. */
export const KOFFI_FILE = /^koffi-[0-9a-f]{32}\.node$/;

/** Read-only memory of the executable itself: writing to it ends the process. */
export function koffiBytes(): Uint8Array {
  return new Uint8Array(getRawAsset(KOFFI_ASSET));
}

/** The name of the file that holds `bytes`, by default the packed ones: `koffi-HASH.node`, of SHA-256. */
export function koffiFileName(bytes = koffiBytes()): string {
  return `koffi-${createHash('sha256').update(bytes).digest('hex').slice(0, HASH_DIGITS)}.node`;
}
