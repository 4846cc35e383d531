// The two ends of an endpoint, as a person reads them.

import { formatAddress } from '../model/address.ts';
import { ADDRESS_WORDS, type TcpTable, type UdpTable } from '../model/sockets.ts';
import { TCP_STATE_CODE } from '../model/states.ts';

/**
 * Whether the row has another end. A socket that listens or is only bound has none. Neither has one whose other end
 * is all zero: an unconnected socket that an OS calls closed. Port 0 alone does not say so: a program may well try to
 * connect to it, and a person wants to see where.
 */
export function hasRemoteEnd({ family, state, remoteAddress, remotePort }: TcpTable, row: number): boolean {
  const code = state[row];
  if (code === TCP_STATE_CODE.listen || code === TCP_STATE_CODE.bound) return false;
  if (remotePort[row] !== 0) return true;
  const words = ADDRESS_WORDS[family];
  for (let word = row * words; word < (row + 1) * words; word++) if (remoteAddress[word] !== 0) return true;
  return false;
}

/** RFC 5952, with a scope for link-local addresses alone. */
export function localAddressOf({ family, localAddress, localScope }: UdpTable, row: number): string {
  return formatAddress(localAddress, row, family, localScope[row]);
}

/** The same for the other end, where there is one. */
export function remoteAddressOf({ family, remoteAddress, remoteScope }: TcpTable, row: number): string {
  return formatAddress(remoteAddress, row, family, remoteScope[row]);
}

/** An address and a port as netstat and ss write them: `192.0.2.1:443`, `[2001:db8::1]:443`. */
export function formatEnd(address: string, port: number): string {
  return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
}
