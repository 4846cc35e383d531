// UUIDs that follow from a name: version 5 (RFC 9562, section 5.5).

import { createHash } from 'node:crypto';

const BYTES = 16;
const VERSION = { byte: 6, keptBits: 0x0f, bits: 0x50 } as const;
const VARIANT = { byte: 8, keptBits: 0x3f, bits: 0x80 } as const;
/** The groups of the text form: 8, 4, 4, 4 and 12 digits. */
const GROUPS = /^(.{8})(.{4})(.{4})(.{4})(.{12})$/;

/** The UUID of a name in a namespace, which is a UUID's text itself: always the same for the same two. In lower case. */
export function uuidV5(namespace: string, name: string): string {
  const namespaceBytes = Buffer.from(namespace.replaceAll('-', ''), 'hex');
  const bytes = createHash('sha1').update(namespaceBytes).update(name, 'utf8').digest().subarray(0, BYTES);
  for (const { byte, keptBits, bits } of [VERSION, VARIANT]) {
    bytes.writeUInt8((bytes.readUInt8(byte) & keptBits) | bits, byte);
  }
  return bytes.toString('hex').replace(GROUPS, '$1-$2-$3-$4-$5');
}
