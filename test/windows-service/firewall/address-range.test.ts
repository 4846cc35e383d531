// World 1 (fixtures): addresses, ranges and subnets in the texts of firewall rules.

import { BlockList } from 'node:net';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type AddressRange, parseAddressRange } from '../../../src/windows-service/firewall/address-range.ts';

const ADDRESS_BITS = { ipv4: 32, ipv6: 128 } as const;
type Family = keyof typeof ADDRESS_BITS;

const family = fc.constantFrom<Family>('ipv4', 'ipv6');

function number(of: Family): fc.Arbitrary<bigint> {
  const last = 2n ** BigInt(ADDRESS_BITS[of]) - 1n;
  return fc.oneof(
    fc.bigInt({ min: 0n, max: last }),
    fc.constantFrom(0n, 1n, last),
    fc.bigInt({ min: 0n, max: 0xffffn }),
  );
}

/** The address with this number, without any zeros left out. */
function textOf(of: Family, address: bigint): string {
  const digits = address.toString(16).padStart(ADDRESS_BITS[of] / 4, '0');
  if (of === 'ipv6') return digits.replace(/(....)(?!$)/g, '$1:');
  return Array.from(digits.match(/../g) ?? [], (byte) => Number.parseInt(byte, 16)).join('.');
}

/** As Node.js writes it: with the longest row of zeros left out. */
function shortTextOf(of: Family, address: bigint): string {
  return of === 'ipv4' ? textOf(of, address) : new URL(`http://[${textOf(of, address)}]`).hostname.slice(1, -1);
}

const address = family.chain((of) => number(of).map((value) => ({ of, value })));
const twoAddresses = family.chain((of) =>
  fc.tuple(number(of), number(of)).map(([one, other]) => ({
    of,
    first: one < other ? one : other,
    last: one < other ? other : one,
  })),
);
const subnet = family.chain((of) =>
  fc.tuple(number(of), fc.integer({ min: 1, max: ADDRESS_BITS[of] })).map(([value, prefix]) => {
    const hosts = 2n ** BigInt(ADDRESS_BITS[of] - prefix) - 1n;
    return { of, prefix, first: value - (value & hosts), last: value | hosts };
  }),
);

describe('the addresses in a text', () => {
  test.each<[string, AddressRange]>([
    ['0.0.0.0', { family: 'ipv4', first: 0n, last: 0n }],
    ['192.0.2.7', { family: 'ipv4', first: 0xc0000207n, last: 0xc0000207n }],
    ['10.0.0.0/8', { family: 'ipv4', first: 0x0a000000n, last: 0x0affffffn }],
    ['10.0.0.0/255.0.0.0', { family: 'ipv4', first: 0x0a000000n, last: 0x0affffffn }],
    ['192.0.2.7/32', { family: 'ipv4', first: 0xc0000207n, last: 0xc0000207n }],
    ['192.0.2.7/255.255.255.255', { family: 'ipv4', first: 0xc0000207n, last: 0xc0000207n }],
    ['128.0.0.0/1', { family: 'ipv4', first: 0x80000000n, last: 0xffffffffn }],
    ['128.0.0.0/128.0.0.0', { family: 'ipv4', first: 0x80000000n, last: 0xffffffffn }],
    ['10.0.0.9-10.0.1.0', { family: 'ipv4', first: 0x0a000009n, last: 0x0a000100n }],
    ['10.0.0.9-10.0.0.9', { family: 'ipv4', first: 0x0a000009n, last: 0x0a000009n }],
    ['::', { family: 'ipv6', first: 0n, last: 0n }],
    ['::1', { family: 'ipv6', first: 1n, last: 1n }],
    ['1::', { family: 'ipv6', first: 1n << 112n, last: 1n << 112n }],
    ['2001:DB8::9', { family: 'ipv6', first: (0x20010db8n << 96n) + 9n, last: (0x20010db8n << 96n) + 9n }],
    ['2001:db8::/32', { family: 'ipv6', first: 0x20010db8n << 96n, last: (0x20010db9n << 96n) - 1n }],
    ['::1-::ffff', { family: 'ipv6', first: 1n, last: 0xffffn }],
  ])('%s are these', (text, range) => {
    expect(parseAddressRange(text)).toEqual(range);
  });

  test.each([
    '',
    'any',
    '*',
    'LocalSubnet',
    'server01',
    ' 10.0.0.1',
    '10.0.0.1 ',
    '10.0.0',
    '10.0.0.256',
    '010.0.0.1',
    '10.0.0.1:9100',
    '[::1]',
    'fe80::1%12',
    '::ffff:10.0.0.1',
    '::1::',
    '10.0.0.1/8',
    '10.0.0.0/0',
    '10.0.0.0/33',
    '10.0.0.0/',
    '10.0.0.0/+8',
    '10.0.0.0/8.0',
    '10.0.0.0/8/8',
    '0.0.0.0/0',
    '0.0.0.0/0.0.0.0',
    '10.0.0.0/255.0.255.0',
    '10.0.0.0/0.255.255.255',
    '10.0.0.1/255.0.0.0',
    '::/0',
    '::/129',
    '2001:db8::1/64',
    '2001:db8::/255.255.0.0',
    '10.0.0.0/2001:db8::',
    '10.0.0.9-10.0.0.8',
    '10.0.0.1-::1',
    '10.0.0.1-',
    '-10.0.0.1',
    '10.0.0.1-10.0.0.2-10.0.0.3',
    '10.0.0.1 - 10.0.0.2',
    '10.0.0.0/8-10.0.0.9',
  ])('%j are none', (text) => {
    expect(parseAddressRange(text)).toBeUndefined();
  });

  test('are those of one address, however it is written', () => {
    fc.assert(
      fc.property(address, ({ of, value }) => {
        const expected = { family: of, first: value, last: value };
        expect(parseAddressRange(textOf(of, value))).toEqual(expected);
        expect(parseAddressRange(shortTextOf(of, value))).toEqual(expected);
      }),
    );
  });

  test('are those between two, in their order only', () => {
    fc.assert(
      fc.property(twoAddresses, ({ of, first, last }) => {
        const [from, to] = [shortTextOf(of, first), shortTextOf(of, last)];
        expect(parseAddressRange(`${from}-${to}`)).toEqual({ family: of, first, last });
        if (first !== last) expect(parseAddressRange(`${to}-${from}`)).toBeUndefined();
      }),
    );
  });

  test('are those of a subnet: Node.js finds the same ones in it', () => {
    fc.assert(
      fc.property(subnet, ({ of, prefix, first, last }) => {
        const text = shortTextOf(of, first);
        expect(parseAddressRange(`${text}/${prefix}`)).toEqual({ family: of, first, last });
        const list = new BlockList();
        list.addSubnet(text, prefix, of);
        const has = (value: bigint) => value >= 0n && list.check(textOf(of, value), of);
        expect([has(first), has(last)]).toEqual([true, true]);
        if (first > 0n) expect(has(first - 1n)).toBe(false);
        if (last + 1n < 2n ** BigInt(ADDRESS_BITS[of])) expect(has(last + 1n)).toBe(false);
        if (of === 'ipv4') {
          const mask = textOf(of, 2n ** 32n - 1n - (last - first));
          expect(parseAddressRange(`${text}/${mask}`)).toEqual({ family: of, first, last });
        }
      }),
    );
  });

  test('are a range or none, whatever the text', () => {
    const piece = fc.constantFrom(
      '10.0.0.0',
      '::',
      '1',
      'ffff',
      ':',
      '.',
      '/',
      '-',
      '8',
      '128',
      '255.0.0.0',
      '%',
      ',',
      ' ',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join('')),
        ),
        (text) => {
          const range = parseAddressRange(text);
          if (range === undefined) return;
          expect(range.first <= range.last).toBe(true);
          expect(range.last < 2n ** BigInt(ADDRESS_BITS[range.family])).toBe(true);
        },
      ),
    );
  });
});
