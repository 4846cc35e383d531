// World: none. Addresses to listen on.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatListenAddress, parseListenAddress } from '../../../src/config/values/listen-address.ts';

describe('a listen address', () => {
  it.each([
    [':9100', { port: 9100 }],
    [':0', { port: 0 }],
    ['127.0.0.1:65535', { host: '127.0.0.1', port: 65_535 }],
    ['[::1]:9100', { host: '::1', port: 9100 }],
    ['[fe80::1%eth0]:9100', { host: 'fe80::1%eth0', port: 9100 }],
    ['localhost:9100', { host: 'localhost', port: 9100 }],
    ['WEB_1.example-a.org:80', { host: 'WEB_1.example-a.org', port: 80 }],
  ])('%s is understood', (text, address) => {
    expect(parseListenAddress(text)).toEqual(address);
    expect(formatListenAddress(address)).toBe(text);
  });

  it.each(['', ':', '9100', ':65536', ':-1', ':http', '::1:9100', 'localhost', 'localhost:', '[::1]', '[]:9100', '::'])(
    'is not written %j',
    (text) => {
      expect(() => parseListenAddress(text)).toThrow('is not a listen address; allowed: a port after a colon');
    },
  );

  it.each([
    '256.0.0.1:80',
    '1.2.3:80',
    '1.2.3.4.5:80',
    '[1.2.3.4]:80',
    '[::g]:80',
    'a b:80',
    '-a:80',
    'a..b:80',
    'http//a:80',
  ])('has no such host as in %j', (text) => {
    expect(() => parseListenAddress(text)).toThrow('has no valid host');
  });

  it('is written as it is read', () => {
    const host = fc.oneof(fc.ipV4(), fc.ipV6(), fc.domain());
    fc.assert(
      fc.property(host, fc.nat({ max: 65_535 }), (someHost, port) => {
        const address = { host: someHost, port };
        expect(parseListenAddress(formatListenAddress(address))).toEqual(address);
      }),
    );
  });
});
