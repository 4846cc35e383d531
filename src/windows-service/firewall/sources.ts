// Who is let in: from `--firewall=FROM` to the remote addresses of a rule, and whether two lists of those are the same.

import { quote, ValueError } from '../../config/error.ts';
import { type AddressRange, parseAddressRange } from './address-range.ts';

/** As many as there may be; Windows returns all of them as one text, which stays below Com's MAX_STRING_UNITS. */
export const MAX_SOURCES = 256;

const ANY = 'any';
const LOCAL_SUBNET = 'LocalSubnet';
/** What stands for any address in INetFwRule's RemoteAddresses. */
const ANY_ADDRESS = '*';
/** The unspecified address and the loopback address. Windows refuses a rule that has them ([MS-FASP] 2.2.10). */
const LAST_RESERVED_IPV6 = 1n;
const FIRST_MULTICAST_IPV6 = 0xff00n << 112n;
const ALLOWED =
  'any; or addresses, subnets without host bits and ranges of IPv4 or IPv6, and LocalSubnet, with commas between: 192.0.2.7,10.0.0.0/8,2001:db8::1-2001:db8::9,LocalSubnet';

/** The sources in the order written, keywords spelt as in ALLOWED; `any` stands alone. Throws ValueError. */
export function parseFirewallSources(text: string): readonly string[] {
  const items = text.split(',').map((item) => item.trim());
  if (items.length > MAX_SOURCES) throw new ValueError(`has more than ${MAX_SOURCES} sources`, ALLOWED);
  if (items.length === 1 && items[0]?.toLowerCase() === ANY) return Object.freeze([ANY]);
  return Object.freeze(items.map((item) => parseSource(item, items.length)));
}

function parseSource(item: string, count: number): string {
  if (item.toLowerCase() === LOCAL_SUBNET.toLowerCase()) return LOCAL_SUBNET;
  const range = parseAddressRange(item);
  if (range === undefined || isReserved(range)) {
    // The whole text is shown before the problem: one that stands alone is not said twice.
    const which = count === 1 ? 'is' : `has ${quote(item)}, which is`;
    throw new ValueError(`${which} no source of connections`, ALLOWED);
  }
  // Windows takes IPv6 prefixes below 128 only ([MS-GPFAS] 2.2.2.12).
  return item.replace(/\/128$/, '');
}

function isReserved({ family, first, last }: AddressRange): boolean {
  return family === 'ipv6' && (first <= LAST_RESERVED_IPV6 || last >= FIRST_MULTICAST_IPV6);
}

/** The text of RemoteAddresses (netfw.h) for the sources. */
export function remoteAddresses(sources: readonly string[]): string {
  return sources.map((source) => (source === ANY ? ANY_ADDRESS : source)).join(',');
}

/**
 * Whether two texts of RemoteAddresses let in the same. Windows writes an address its own way (`10.0.0.0/255.0.0.0`), so
 * addresses are compared as numbers, and words without regard to case. What cannot be read is compared as a word.
 */
export function sameAddresses(left: string, right: string): boolean {
  return canonicalText(left) === canonicalText(right);
}

function canonicalText(text: string): string {
  const items = text.split(',').map((item) => item.trim().toLowerCase());
  const ranges = items.map(parseAddressRange).filter((range) => range !== undefined);
  const words = items.filter((item) => parseAddressRange(item) === undefined);
  const numbers = [...joined(ranges, 'ipv4'), ...joined(ranges, 'ipv6')];
  return [...new Set(words)].sort().concat(numbers).join();
}

/** What the ranges of a family cover, each address in one range only. */
function joined(ranges: readonly AddressRange[], family: AddressRange['family']): string[] {
  const covered: { first: bigint; last: bigint }[] = [];
  const sorted = ranges.filter((range) => range.family === family).sort((a, b) => (a.first < b.first ? -1 : 1));
  for (const { first, last } of sorted) {
    const previous = covered.at(-1);
    if (previous === undefined || first > previous.last + 1n) covered.push({ first, last });
    else if (last > previous.last) previous.last = last;
  }
  return covered.map(({ first, last }) => `${family} ${first}-${last}`);
}
