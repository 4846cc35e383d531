// Text as Windows has it: UTF-16, little-endian.

/** The text of all units in `memory`, NULs included. */
export function decodeUtf16({ buffer, byteOffset, byteLength }: Uint8Array | Uint16Array): string {
  return Buffer.from(buffer, byteOffset, byteLength).toString('utf16le');
}

/** A text as Windows takes it: UTF-16, and a zero at the end. */
export function wideString(text: string): Uint16Array {
  // Unit by unit: a character may have two. Behind the last one is NaN, which becomes the zero.
  return Uint16Array.from({ length: text.length + 1 }, (_, unit) => text.charCodeAt(unit));
}
