// World 1 (fixtures): who is let in: the texts of --firewall, and of a rule's remote addresses.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ValueError } from '../../../src/config/error.ts';
import { MAX_STRING_UNITS } from '../../../src/sources/windows/com/com.ts';
import {
  MAX_SOURCES,
  parseFirewallSources,
  remoteAddresses,
  sameAddresses,
} from '../../../src/windows-service/firewall/sources.ts';

const ALLOWED =
  'any; or addresses, subnets without host bits and ranges of IPv4 or IPv6, and LocalSubnet, with commas between: 192.0.2.7,10.0.0.0/8,2001:db8::1-2001:db8::9,LocalSubnet';

const byte = fc.integer({ min: 0, max: 255 });
const ipv4 = fc.tuple(byte, byte, byte, byte).map((bytes) => bytes.join('.'));
const group = fc.integer({ min: 0, max: 0xffff }).map((value) => value.toString(16));
const ipv6 = fc.tuple(group, group, group).map(([one, two, three]) => `2001:${one}:${two}::${three}`);
const source = fc.oneof(
  ipv4,
  ipv6,
  fc.constantFrom('LocalSubnet', '10.0.0.0/8', '172.16.0.0/12', '2001:db8::/32', '10.0.0.1-10.0.0.9', '::2-::9'),
);
const sources = fc.array(source, { minLength: 1, maxLength: 12 });

describe('the sources of --firewall', () => {
  test.each([
    ['any', ['any']],
    [' ANY ', ['any']],
    ['LocalSubnet', ['LocalSubnet']],
    ['localsubnet', ['LocalSubnet']],
    ['10.0.0.5,10.1.0.0/16', ['10.0.0.5', '10.1.0.0/16']],
    [' 10.0.0.5 , LOCALSUBNET ', ['10.0.0.5', 'LocalSubnet']],
    ['10.0.0.0/255.0.0.0', ['10.0.0.0/255.0.0.0']],
    ['10.0.0.1-10.0.0.9,2001:db8::1-2001:db8::9', ['10.0.0.1-10.0.0.9', '2001:db8::1-2001:db8::9']],
    ['127.0.0.1', ['127.0.0.1']],
    ['128.0.0.0/128.0.0.0,128.0.0.0/1', ['128.0.0.0/128.0.0.0', '128.0.0.0/1']],
    ['2001:db8::/127', ['2001:db8::/127']],
    ['2001:db8::1/128', ['2001:db8::1']],
    ['192.0.2.7/32', ['192.0.2.7/32']],
    ['::2', ['::2']],
    ['feff:ffff:ffff:ffff:ffff:ffff:ffff:ffff', ['feff:ffff:ffff:ffff:ffff:ffff:ffff:ffff']],
  ])('%j are %j', (text, expected) => {
    expect(parseFirewallSources(text)).toEqual(expected);
  });

  test.each([
    ['', ''],
    ['10.0.0.1,', ''],
    ['10.0.0.1,,10.0.0.2', ''],
    ['any,10.0.0.1', 'any'],
    ['10.0.0.1,any', 'any'],
    ['any,any', 'any'],
    ['*', '*'],
    ['everybody', 'everybody'],
    ['10.0.0.1;10.0.0.2', '10.0.0.1;10.0.0.2'],
    ['10.0.0.0/8,10.0.0.1/8', '10.0.0.1/8'],
    ['0.0.0.0/0', '0.0.0.0/0'],
    ['::/0', '::/0'],
    ['::', '::'],
    ['::1', '::1'],
    ['::1-::5', '::1-::5'],
    ['::/64', '::/64'],
    ['ff00::', 'ff00::'],
    ['ff02::1', 'ff02::1'],
    ['fe00::-ffff::', 'fe00::-ffff::'],
    ['8000::/1', '8000::/1'],
    ['DNS', 'DNS'],
    ['netstat\nexporter', 'netstat\nexporter'],
  ])('%j are refused for %j', (text, item) => {
    // Where there is but one, the error shows it already.
    const which = text.includes(',') ? `has ${JSON.stringify(item)}, which is` : 'is';
    expect(() => parseFirewallSources(text)).toThrow(new ValueError(`${which} no source of connections`, ALLOWED));
  });

  test('are as many as Windows can return in one text, and no more', () => {
    const longest = '2001:0db8:1111:2222:3333:4444:5555:6666-2001:0db8:1111:2222:3333:4444:5555:7777';
    const most = Array.from({ length: MAX_SOURCES }, () => longest);
    expect(parseFirewallSources(most.join(','))).toEqual(most);
    expect(remoteAddresses(most).length).toBeLessThan(MAX_STRING_UNITS);
    expect(() => parseFirewallSources([...most, longest].join(','))).toThrow(
      new ValueError('has more than 256 sources', ALLOWED),
    );
  });

  test('are themselves, however many', () => {
    fc.assert(
      fc.property(sources, (items) => {
        expect(parseFirewallSources(items.join(' , '))).toEqual(items);
      }),
    );
  });

  test('are sources, or an error on one line that says what is allowed, whatever the text', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.string({ unit: 'binary' }), sources.map(String)), (text) => {
        try {
          const parsed = parseFirewallSources(text);
          expect(parsed.length).toBeGreaterThan(0);
          expect(parseFirewallSources(parsed.join(','))).toEqual(parsed);
        } catch (error) {
          expect(error).toBeInstanceOf(ValueError);
          expect(error).toMatchObject({ allowed: ALLOWED, problem: expect.stringMatching(/^(?:has|is) [^\r\n]+$/) });
        }
      }),
    );
  });
});

test('the remote addresses are the sources, and any is *', () => {
  expect(remoteAddresses(['any'])).toBe('*');
  expect(remoteAddresses(['10.0.0.0/8', 'LocalSubnet'])).toBe('10.0.0.0/8,LocalSubnet');
});

describe('two texts of remote addresses', () => {
  test.each([
    ['*', '*'],
    ['LocalSubnet', 'localsubnet'],
    ['LocalSubnet,10.0.0.1', '10.0.0.1,LocalSubnet'],
    ['10.0.0.0/8', '10.0.0.0/255.0.0.0'],
    ['192.0.2.7', '192.0.2.7/255.255.255.255'],
    ['10.0.0.0/8', '10.0.0.0-10.255.255.255'],
    ['10.0.0.0/9,10.128.0.0/9', '10.0.0.0/8'],
    ['10.128.0.0/9,10.0.0.0/9', '10.0.0.0/8'],
    ['10.0.0.0/8,10.1.0.0/16', '10.0.0.0/8'],
    ['10.0.0.1,10.0.0.1', '10.0.0.1'],
    ['10.0.0.1-10.0.0.5,10.0.0.3-10.0.0.9', '10.0.0.1-10.0.0.9'],
    ['10.0.0.1,10.0.0.5-10.0.0.6,10.0.0.7', '10.0.0.1,10.0.0.5-10.0.0.7'],
    ['2001:DB8::1', '2001:0db8:0:0::1/128'],
    ['10.0.0.1,2001:db8::1', '2001:db8::1, 10.0.0.1'],
    ['DNS,DNS,10.0.0.1', 'dns,10.0.0.1'],
  ])('%s and %s let in the same', (left, right) => {
    expect([sameAddresses(left, right), sameAddresses(right, left)]).toEqual([true, true]);
  });

  test.each([
    ['*', '10.0.0.0/8'],
    ['*', ''],
    ['LocalSubnet', '10.0.0.0/8'],
    ['LocalSubnet,10.0.0.1', '10.0.0.1'],
    ['10.0.0.0/8', '10.0.0.0/9'],
    ['10.0.0.0/8', '11.0.0.0/8'],
    ['10.0.0.1,10.0.0.3', '10.0.0.1-10.0.0.3'],
    ['10.0.0.1', '::a00:1'],
    ['0.0.0.5', '::5'],
    ['10.0.0.1', '10.0.0.1,DNS'],
    ['10.0.0.1-10.0.0.2', '10.0.0.1-10.0.0.4'],
  ])('%s and %s do not', (left, right) => {
    expect([sameAddresses(left, right), sameAddresses(right, left)]).toEqual([false, false]);
  });

  test('let in the same in whatever order, and not when one of them has one more', () => {
    const shuffled = sources.chain((items) =>
      fc.tuple(fc.constant(items), fc.shuffledSubarray(items, { minLength: items.length })),
    );
    fc.assert(
      fc.property(shuffled, ([items, others]) => {
        expect(sameAddresses(items.join(','), others.join(','))).toBe(true);
        expect(sameAddresses(items.join(','), [...items, '3fff::1'].join(','))).toBe(false);
      }),
    );
  });
});
