// Decoding the command line of one process: the answer of NtQueryInformationProcess, bytes in, text out.

import { PartFailure } from '../parts.ts';
import { LAYOUTS } from './layouts.ts';
import { decodeUtf16 } from './utf16.ts';

const TEXT = LAYOUTS.UNICODE_STRING;

/**
 * The text of the UNICODE_STRING that `bytes` start with. It stands behind the struct and is pointed at, so `address`,
 * where the bytes stood in memory, is needed to find it. Throws a PartFailure `malformed` for a text that is not there;
 * without numbers, so that the same is said of each process.
 */
export function decodeCommandLine(bytes: Uint8Array, address: bigint): string {
  if (bytes.byteLength < TEXT.size) throw malformed('fewer bytes than a UNICODE_STRING has were returned');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = view.getUint16(TEXT.fields.Length, true);
  if (length === 0) return '';
  const start = view.getBigUint64(TEXT.fields.Buffer, true) - address;
  if (start < TEXT.size || start + BigInt(length) > bytes.byteLength) {
    throw malformed('the text is outside of the bytes returned');
  }
  return decodeUtf16(bytes.subarray(Number(start), Number(start) + length));
}

function malformed(what: string): PartFailure {
  return new PartFailure('malformed', `ProcessCommandLineInformation: ${what}`);
}
