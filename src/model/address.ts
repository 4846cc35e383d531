// IP addresses as text: RFC 5952 out, RFC 4291 in.

import { ADDRESS_WORDS, type AddressFamily } from './sockets.ts';

const GROUPS = 8;

/** Row `row` of an address column as text: `192.0.2.1`, `2001:db8::1`, `fe80::1%3`. A scope is written only for link-local addresses. */
export function formatAddress(
  column: Uint32Array<ArrayBuffer>,
  row: number,
  family: AddressFamily,
  scope: number = 0,
): string {
  const size = ADDRESS_WORDS[family] * 4;
  const bytes = new Uint8Array(column.buffer, column.byteOffset + row * size, size);
  if (family === 'ipv4') return bytes.join('.');
  const text = formatIpv6(bytes);
  return isLinkLocal(bytes) && scope !== 0 ? `${text}%${scope}` : text;
}

function formatIpv6(bytes: Uint8Array): string {
  const groups = Array.from({ length: GROUPS }, (_, i) => ((bytes[2 * i] ?? 0) << 8) | (bytes[2 * i + 1] ?? 0));
  // RFC 5952, section 5: an IPv4-mapped address ends in dotted form.
  if (groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff) {
    return `::ffff:${bytes.subarray(12).join('.')}`;
  }
  const { start, length } = longestZeroRun(groups);
  const hex = groups.map((group) => group.toString(16));
  // Section 4.2.2: one zero group alone is not shortened.
  if (length < 2) return hex.join(':');
  return `${hex.slice(0, start).join(':')}::${hex.slice(start + length).join(':')}`;
}

/** The first of the longest runs of zero groups (RFC 5952, section 4.2.3). */
function longestZeroRun(groups: readonly number[]): { start: number; length: number } {
  let longest = { start: 0, length: 0 };
  let start = 0;
  for (const [index, group] of groups.entries()) {
    if (group !== 0) start = index + 1;
    else if (index + 1 - start > longest.length) longest = { start, length: index + 1 - start };
  }
  return longest;
}

/** The bytes of an address in network order, and its scope; undefined if the text is no address of that family. */
export function parseAddress(
  text: string,
  family: AddressFamily,
): { readonly bytes: readonly number[]; readonly scope: number } | undefined {
  if (family === 'ipv4') return withScope(parseIpv4(text), 0);
  const [address = '', scope, ...rest] = text.split('%');
  if (rest.length > 0 || (scope !== undefined && !/^[1-9]\d{0,9}$/.test(scope))) return undefined;
  const bytes = parseIpv6(address);
  if (scope !== undefined && !(bytes !== undefined && isLinkLocal(bytes))) return undefined;
  return withScope(bytes, Number(scope ?? 0));
}

function withScope(bytes: readonly number[] | undefined, scope: number) {
  return bytes === undefined || scope > 0xffff_ffff ? undefined : { bytes, scope };
}

/** fe80::/10 */
function isLinkLocal(bytes: ArrayLike<number>): boolean {
  return bytes[0] === 0xfe && ((bytes[1] ?? 0) & 0xc0) === 0x80;
}

function parseIpv4(text: string): readonly number[] | undefined {
  const parts = text.split('.');
  if (parts.length !== 4 || !parts.every((part) => /^(0|[1-9]\d{0,2})$/.test(part) && Number(part) <= 255))
    return undefined;
  return parts.map(Number);
}

function parseIpv6(text: string): readonly number[] | undefined {
  const halves = text.split('::');
  if (halves.length > 2) return undefined;
  const [head, tail] = halves.map((half, index) => parseGroups(half, index === halves.length - 1));
  if (head === undefined) return undefined;
  if (halves.length === 1) return head.length === GROUPS * 2 ? head : undefined;
  if (tail === undefined || head.length + tail.length > GROUPS * 2 - 2) return undefined;
  return [...head, ...new Array<number>(GROUPS * 2 - head.length - tail.length).fill(0), ...tail];
}

/** Groups of a part without `::` as bytes; the last of an address may be dotted IPv4. */
function parseGroups(text: string, endsAddress: boolean): readonly number[] | undefined {
  if (text === '') return [];
  const bytes: number[] = [];
  const parts = text.split(':');
  for (const [index, part] of parts.entries()) {
    const dotted = endsAddress && index === parts.length - 1 ? parseIpv4(part) : undefined;
    if (dotted !== undefined) bytes.push(...dotted);
    else if (/^[0-9a-f]{1,4}$/i.test(part))
      bytes.push(Number.parseInt(part, 16) >> 8, Number.parseInt(part, 16) & 0xff);
    else return undefined;
  }
  return bytes;
}
