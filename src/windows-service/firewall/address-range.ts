// Addresses in the texts of firewall rules: `192.0.2.1`, `10.0.0.0/8`, `10.0.0.0/255.0.0.0`, `2001:db8::1-2001:db8::9`.

import { isIPv4, isIPv6 } from 'node:net';

/** All addresses of one family from `first` to `last`, as numbers. */
export interface AddressRange {
  readonly family: Family;
  readonly first: bigint;
  /** Inclusive. */
  readonly last: bigint;
}

type Family = 'ipv4' | 'ipv6';
const ADDRESS_BITS: Readonly<Record<Family, bigint>> = { ipv4: 32n, ipv6: 128n };
const IPV6_GROUPS = 8;
const PREFIX = /^\d{1,3}$/;

/**
 * An address, a range of them, or a subnet by its prefix or its IPv4 mask, with no bit set behind it. Undefined where it is none
 * of these, ends before it begins, or is a whole family: the firewall takes no prefix of 0.
 */
export function parseAddressRange(text: string): AddressRange | undefined {
  const [, start = '', separator, end = ''] = /^([^-/]+)(?:([-/])([^-/]+))?$/.exec(text) ?? [];
  const from = parseAddress(start);
  if (from === undefined) return undefined;
  const { family, value: first } = from;
  if (separator === undefined) return { family, first, last: first };
  if (separator === '/') return subnet(family, first, end);
  const to = parseAddress(end);
  return to?.family === family && first <= to.value ? { family, first, last: to.value } : undefined;
}

function subnet(family: Family, first: bigint, end: string): AddressRange | undefined {
  const hostBits = PREFIX.test(end) ? ADDRESS_BITS[family] - BigInt(end) : maskedBits(family, end);
  if (hostBits === undefined || hostBits < 0n || hostBits >= ADDRESS_BITS[family]) return undefined;
  const hosts = (1n << hostBits) - 1n;
  return (first & hosts) === 0n ? { family, first, last: first | hosts } : undefined;
}

/** How many bits a mask leaves to hosts: those of 255.255.255.0 are 8. Undefined where it is none. */
function maskedBits(family: Family, mask: string): bigint | undefined {
  if (family !== 'ipv4' || !isIPv4(mask)) return undefined;
  const hosts = 2n ** ADDRESS_BITS.ipv4 - 1n - ipv4Number(mask);
  return (hosts & (hosts + 1n)) === 0n ? BigInt(hosts.toString(2).replace('0', '').length) : undefined;
}

/** IPv6 without a zone and without dots: what has them is no address of packets from afar. */
function parseAddress(text: string): { readonly family: Family; readonly value: bigint } | undefined {
  if (isIPv4(text)) return { family: 'ipv4', value: ipv4Number(text) };
  if (isIPv6(text) && !/[%.]/.test(text)) return { family: 'ipv6', value: ipv6Number(text) };
  return undefined;
}

function ipv4Number(text: string): bigint {
  return text.split('.').reduce((number, byte) => (number << 8n) | BigInt(byte), 0n);
}

function ipv6Number(text: string): bigint {
  const [before = [], after = []] = text.split('::').map((part) => part.split(':').filter((group) => group !== ''));
  const zeros = Array.from({ length: IPV6_GROUPS - before.length - after.length }, () => '0');
  return [...before, ...zeros, ...after].reduce((number, group) => (number << 16n) | BigInt(`0x${group}`), 0n);
}
