// World: none. Which endpoint of one collection is which one of another.
import { expect, test } from 'vitest';
import { isSame, keyOf } from '../../src/live-view/identity.ts';
import type { Endpoint } from '../../src/views/endpoint.ts';
import { CONNECTION, LISTENER } from './endpoints.ts';

const SAME: readonly (readonly [string, Endpoint, Endpoint])[] = [
  ['a connection in another state', CONNECTION, { ...CONNECTION, state: 'close_wait', change: 'changed' }],
  ['a connection that nobody owns any more', CONNECTION, { ...CONNECTION, state: 'time_wait', pid: null }],
  ['a listener whose service has another name', LISTENER, { ...LISTENER, services: [] }],
];
const OTHERS: readonly (readonly [string, Endpoint, Endpoint])[] = [
  ['a listener of another process', LISTENER, { ...LISTENER, pid: 8 }],
  ['a connection to another port', CONNECTION, { ...CONNECTION, remotePort: 1 }],
  ['a connection to another address', CONNECTION, { ...CONNECTION, remoteAddress: '10.0.0.3' }],
  ['another local address', LISTENER, { ...LISTENER, localAddress: '127.0.0.1' }],
  ['another local port', LISTENER, { ...LISTENER, localPort: 80 }],
  ['another family', LISTENER, { ...LISTENER, family: 'ipv6' }],
  ['another protocol', LISTENER, { ...LISTENER, protocol: 'udp' }],
  ['the connection of a listener', LISTENER, CONNECTION],
];

test.each(SAME)('%s is the same', (_, one, other) => {
  expect(isSame(one, other)).toBe(true);
  expect(keyOf(one)).toBe(keyOf(other));
});

test.each(OTHERS)('%s is another', (_, one, other) => {
  expect(isSame(one, other)).toBe(false);
  expect(keyOf(one)).not.toBe(keyOf(other));
});
