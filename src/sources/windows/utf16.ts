// Text as Windows writes it: UTF-16, little-endian.

/** The text of all units in `memory`, NULs included. */
export function decodeUtf16({ buffer, byteOffset, byteLength }: Uint8Array | Uint16Array): string {
  return Buffer.from(buffer, byteOffset, byteLength).toString('utf16le');
}
