// The security identifier of a service, which Windows makes of its name.

import { createHash } from 'node:crypto';

/** SECURITY_NT_AUTHORITY and SECURITY_SERVICE_ID_BASE_RID (winnt.h). */
const PREFIX = 'S-1-5-80';
const DWORD_BYTES = 4;

/**
 * That of `NT SERVICE\name`, as text: the SHA-1 of the upper-case name in UTF-16, as five numbers ([MS-DTYP] 2.4.2.4, NT
 * SERVICE). The same on each computer, and whether the service is installed or not: its name is only found once it is.
 */
export function serviceSid(name: string): string {
  const hash = createHash('sha1').update(Buffer.from(name.toUpperCase(), 'utf16le')).digest();
  const parts = Array.from({ length: hash.length / DWORD_BYTES }, (_, part) => hash.readUInt32LE(part * DWORD_BYTES));
  return [PREFIX, ...parts].join('-');
}
