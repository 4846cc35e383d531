// Which endpoint of one collection is which one of another.

import type { Endpoint } from '../views/endpoint.ts';

/** A connection is known by its ends, whoever owns it and whatever its state; all else by its owner as well. */
export function isSame(one: Endpoint, other: Endpoint): boolean {
  return (
    one.localPort === other.localPort &&
    one.remotePort === other.remotePort &&
    one.protocol === other.protocol &&
    one.family === other.family &&
    one.localAddress === other.localAddress &&
    one.remoteAddress === other.remoteAddress &&
    (one.remoteAddress !== null || (one.pid === other.pid && one.state === other.state))
  );
}

/** The same text for what isSame takes for the same. */
export function keyOf(endpoint: Endpoint): string {
  const { protocol, family, localAddress, localPort, remoteAddress, remotePort, pid, state } = endpoint;
  const ends = [protocol, family, localAddress, localPort];
  return JSON.stringify(remoteAddress === null ? [...ends, pid, state] : [...ends, remoteAddress, remotePort]);
}
