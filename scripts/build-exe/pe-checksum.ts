// The checksum of a Windows executable, which whatever changes the file is to set anew.

/** "PE Format": the place of the signature, and that of CheckSum in the optional header that follows 24 bytes after it. */
const SIGNATURE_OFFSET = 0x3c;
const CHECKSUM_OFFSET = 24 + 64;

/** Writes it into the file. */
export function setChecksum(file: Buffer): void {
  file.writeUInt32LE(checksumOf(file), checksumPlace(file));
}

export function readChecksum(file: Buffer): number {
  return file.readUInt32LE(checksumPlace(file));
}

/** As CheckSumMappedFile function (imagehlp.h) has it: all 16-bit words but those of the checksum itself, with carries added, and the length. */
export function checksumOf(file: Buffer): number {
  const place = checksumPlace(file);
  let sum = 0;
  for (let at = 0; at < file.length; at += 2) {
    if (at === place || at === place + 2) continue;
    sum += at + 1 < file.length ? file.readUInt16LE(at) : file.readUInt8(at);
    sum = (sum & 0xffff) + (sum >>> 16);
  }
  return sum + file.length;
}

function checksumPlace(file: Buffer): number {
  return file.readUInt32LE(SIGNATURE_OFFSET) + CHECKSUM_OFFSET;
}
