// Which addresses count as one client.

import { describe, expect, test } from 'vitest';
import { clientNetwork } from '../../src/web/client-network.ts';

describe('one client', () => {
  test.each([
    ['has one IPv4 address', '192.0.2.1', '192.0.2.1'],
    ['has one IPv4 address, however the socket writes it', '192.0.2.1', '::ffff:192.0.2.1'],
    ['has all addresses of a /64', '2001:db8:1:2::1', '2001:db8:1:2:ffff:ffff:ffff:ffff'],
    ['has all link-local addresses', 'fe80::1%eth0', 'fe80::2%3'],
    ['has no address', undefined, undefined],
  ])('%s', (_name, one, other) => {
    expect(clientNetwork(one)).toBe(clientNetwork(other));
  });

  test('is none of the others', () => {
    const others = [
      '192.0.2.1',
      '192.0.2.2',
      '::ffff:192.0.2.3',
      '::1',
      '2001:db8:1:2::1',
      '2001:db8:1:3::1',
      undefined,
    ];
    expect(new Set(others.map(clientNetwork)).size).toBe(others.length);
  });
});
