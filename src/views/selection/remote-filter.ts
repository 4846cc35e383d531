// Remote ends as a person writes them: `192.0.2.1`, `10.0.0.0/8:443`, `[2001:db8::1]:443`, `:443`.

import { ValueError } from '../../config/error.ts';
import { MAXIMUM_PORT } from '../../config/values/ports.ts';
import { parseAddress } from '../../model/address.ts';
import type { AddressFamily } from '../../model/sockets.ts';
import type { RemoteFilter } from '../filter.ts';

type Network = NonNullable<RemoteFilter['network']>;

/** Brackets, or no more than one colon: then a port may follow. All else is an IPv6 network. */
const END = /^(?:\[(?<bracketed>[^[\]]+)\]|(?<plain>[^:[\]]*))(?::(?<port>\d{1,5}))?$/;
const NETWORK = /^(?<address>[^/]+)(?:\/(?<bits>\d{1,3}))?$/;
const ADDRESS_BITS = { ipv4: 32, ipv6: 128 } as const satisfies Record<AddressFamily, number>;
/** ::ffff:0:0/96: IPv4 addresses that are written as IPv6 ones. */
const MAPPED_BYTES: readonly number[] = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff];
const MAPPED_BITS = MAPPED_BYTES.length * 8;
const ALLOWED =
  'an address or a network, a port, or both: 192.0.2.1, 10.0.0.0/8:443, 2001:db8::/32, [2001:db8::1]:443, :443';

/** What lies behind a network's prefix does not count. Throws ValueError. */
export function parseRemote(text: string): RemoteFilter {
  const { bracketed, plain, port } = END.exec(text)?.groups ?? { bracketed: text };
  const written = bracketed ?? plain ?? '';
  if (port === undefined) return { network: parseNetwork(written) };
  return { ...(written === '' ? {} : { network: parseNetwork(written) }), port: parsePort(port) };
}

function parsePort(text: string): number {
  const port = Number(text);
  if (port === 0 || port > MAXIMUM_PORT) throw new ValueError('has no valid port', `ports from 1 to ${MAXIMUM_PORT}`);
  return port;
}

function parseNetwork(text: string): Network {
  const { address = '', bits } = NETWORK.exec(text)?.groups ?? {};
  const family = address.includes(':') ? 'ipv6' : 'ipv4';
  const parsed = parseAddress(address, family);
  if (parsed === undefined) throw new ValueError('is no remote end', ALLOWED);
  const prefixBits = bits === undefined ? ADDRESS_BITS[family] : Number(bits);
  if (prefixBits > ADDRESS_BITS[family])
    throw new ValueError('has a prefix that is too long', `at most ${ADDRESS_BITS[family]} bits`);
  return asIpv4({ family, bytes: withoutHost(parsed.bytes, prefixBits), prefixBits, scope: parsed.scope });
}

function withoutHost(bytes: readonly number[], prefixBits: number): readonly number[] {
  return bytes.map((byte, index) => byte & ~(0xff >> Math.min(Math.max(prefixBits - index * 8, 0), 8)));
}

/** An IPv4-mapped network as the IPv4 one that it is: no table has mapped addresses. One with a shorter prefix has lost its last ones. */
function asIpv4(network: Network): Network {
  const { bytes, prefixBits } = network;
  const isMapped = MAPPED_BYTES.every((byte, index) => bytes[index] === byte);
  if (!isMapped) return network;
  return { family: 'ipv4', bytes: bytes.slice(MAPPED_BYTES.length), prefixBits: prefixBits - MAPPED_BITS, scope: 0 };
}
