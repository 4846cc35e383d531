// Who counts as one client: an IPv4 address, an IPv6 network.

import { parseAddress } from '../model/address.ts';

/** Whoever has one IPv6 address has all of a /64 (RFC 6177 gives a site no less). */
const NETWORK_BYTES = 8;
/** `::ffff:0:0/96` (RFC 4291, 2.5.5.2): how a socket of both families names an IPv4 client. */
const MAPPED_PREFIX = '0,0,0,0,0,0,0,0,0,0,255,255';

/** A text that is the same for all addresses of one client. Without an address (a Unix socket, or the client has left) all are one. */
export function clientNetwork(address: string | undefined): string {
  if (address === undefined) return '';
  const [withoutScope = ''] = address.split('%');
  const bytes = parseAddress(withoutScope, 'ipv6')?.bytes;
  if (bytes === undefined) return address;
  if (bytes.slice(0, 12).join() === MAPPED_PREFIX) return bytes.slice(12).join('.');
  return bytes.slice(0, NETWORK_BYTES).join();
}
