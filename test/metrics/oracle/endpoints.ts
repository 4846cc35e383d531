// Endpoints as the oracle tells them apart and puts them together.
import type { Endpoint } from './host.ts';

export function isTcp({ protocol }: Endpoint): boolean {
  return protocol === 'tcp';
}

export function isUdp({ protocol }: Endpoint): boolean {
  return protocol === 'udp';
}

export function isInCloseWait({ protocol, state }: Endpoint): boolean {
  return protocol === 'tcp' && state === 'close_wait';
}

/** Labels as a text that is the same for the same labels. */
export function keyOf(labels: object): string {
  return JSON.stringify(Object.entries(labels));
}

/** Each group has at least one. */
export function groupBy(
  endpoints: readonly Endpoint[],
  keyOfEndpoint: (endpoint: Endpoint) => string,
): ReadonlyMap<string, readonly [Endpoint, ...Endpoint[]]> {
  const groups = new Map<string, [Endpoint, ...Endpoint[]]>();
  for (const endpoint of endpoints) {
    const key = keyOfEndpoint(endpoint);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [endpoint]);
    else group.push(endpoint);
  }
  return groups;
}
