// World: none; pure. The oracle is Node's own reading of addresses.
import { SocketAddress } from 'node:net';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatAddress, parseAddress } from '../../src/model/address.ts';
import { ADDRESS_WORDS, type AddressFamily } from '../../src/model/sockets.ts';

function columnOf(bytes: readonly number[]): Uint32Array<ArrayBuffer> {
  return new Uint32Array(Uint8Array.from(bytes).buffer);
}

/** Mostly zeros, so that runs of them are met. */
const anyByte = fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, fc.integer({ min: 0, max: 255 }));
const anyBytes = (family: AddressFamily): fc.Arbitrary<number[]> => {
  const size = ADDRESS_WORDS[family] * 4;
  return fc.array(anyByte, { minLength: size, maxLength: size });
};

describe('an address', () => {
  it.each([
    ['ipv4', [0, 0, 0, 0], '0.0.0.0'],
    ['ipv4', [192, 0, 2, 1], '192.0.2.1'],
    ['ipv6', [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0], '::'],
    ['ipv6', [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1], '::1'],
    ['ipv6', [0x20, 1, 0xd, 0xb8, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1], '2001:db8:0:1::1'],
    ['ipv6', [0x20, 1, 0xd, 0xb8, 0, 0, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1], '2001:db8:0:1:1:1:1:1'],
    ['ipv6', [0x20, 1, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1], '2001:0:0:1::1'],
    ['ipv6', [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 192, 0, 2, 1], '::ffff:192.0.2.1'],
    ['ipv6', [0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0], '1::'],
  ] as const)('of %s %j is written %s, as RFC 5952 has it', (family, bytes, text) => {
    expect(formatAddress(columnOf(bytes), 0, family)).toBe(text);
  });

  it('has its scope only where it is link-local', () => {
    const linkLocal = columnOf([0xfe, 0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1]);
    const global = columnOf([0x20, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1]);
    expect(formatAddress(linkLocal, 0, 'ipv6', 3)).toBe('fe80::1%3');
    expect(formatAddress(global, 0, 'ipv6', 3)).toBe('2001::1');
  });

  it.each(['ipv4', 'ipv6'] as const)('of %s is read back, and Node reads it the same way', (family) => {
    fc.assert(
      fc.property(anyBytes(family), (bytes) => {
        const text = formatAddress(columnOf([...bytes, ...bytes]), 1, family);
        expect(parseAddress(text, family)).toEqual({ bytes, scope: 0 });
        expect(new SocketAddress({ address: text, family }).address).toBe(nodesOwn(bytes, family));
      }),
    );
  });

  it.each(['', '1.2.3', '1.2.3.4.5', '256.0.0.1', '01.2.3.4', '1.2.3.4 '])('is not %j for ipv4', (text) =>
    expect(parseAddress(text, 'ipv4')).toBeUndefined(),
  );

  it.each([
    '',
    ':',
    ':::',
    '1::2::3',
    '1:2:3:4:5:6:7',
    '1:2:3:4:5:6:7:8:9',
    '1:2:3:4:5:6:7::8',
    '12345::',
    '1.2.3.4::',
    '::1.2.3.4:5',
    'fe80::1%',
    'fe80::1%eth0',
    '2001:db8::1%3',
    'fe80::1%99999999999',
    '::%1%2',
  ])('is not %j for ipv6', (text) => expect(parseAddress(text, 'ipv6')).toBeUndefined());
});

/** The bytes as Node writes them when they are given to it in full. */
function nodesOwn(bytes: readonly number[], family: AddressFamily): string {
  const groups = Array.from({ length: 8 }, (_, i) =>
    (((bytes[2 * i] ?? 0) << 8) | (bytes[2 * i + 1] ?? 0)).toString(16),
  );
  return new SocketAddress({ address: family === 'ipv4' ? bytes.join('.') : groups.join(':'), family }).address;
}
