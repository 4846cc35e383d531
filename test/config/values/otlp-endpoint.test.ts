// World: none. The URLs that metrics are pushed to.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ValueError } from '../../../src/config/error.ts';
import { mayHoldSecret, parseBaseEndpoint, parseMetricsEndpoint } from '../../../src/config/values/otlp-endpoint.ts';

describe('an endpoint', () => {
  it.each([
    ['http://collector:4318', 'http://collector:4318/'],
    ['https://collector', 'https://collector/'],
    ['HTTPS://Collector:443/Path', 'https://collector/Path'],
    ['http://[::1]:4318', 'http://[::1]:4318/'],
    ['http://127.0.0.1:4318/', 'http://127.0.0.1:4318/'],
    ['https://example.org/otlp/', 'https://example.org/otlp/'],
    ['https://example.org/otlp?a=b&c', 'https://example.org/otlp?a=b&c'],
    ['https://example.org?a=b@c', 'https://example.org/?a=b@c'],
    ['https://example.org/a@b', 'https://example.org/a@b'],
    ['http://müller.example:80', 'http://xn--mller-kva.example/'],
  ])('%s is %s', (text, url) => {
    expect(parseBaseEndpoint(text)).toEqual({ url, isBase: true });
    expect(parseMetricsEndpoint(text)).toEqual({ url, isBase: false });
  });

  it.each([
    [
      'collector:4317',
      'does not begin with http:// or https://; allowed: http://HOST:PORT, or https://HOST:PORT for TLS',
    ],
    ['localhost', 'does not begin with http://'],
    ['//collector', 'does not begin with http://'],
    ['grpc://collector:4317', 'does not begin with http://'],
    ['unix:/run/collector', 'does not begin with http://'],
    ['http:collector', 'does not begin with http://'],
    ['http:/collector', 'does not begin with http://'],
    [' http://collector', 'does not begin with http://'],
    ['http://', 'is not a URL'],
    ['http:///collector', 'is not a URL'],
    ['http://:4318', 'is not a URL'],
    ['http://collector:port', 'is not a URL'],
    ['http://collector:65536', 'is not a URL'],
    ['http://a b', 'is not a URL'],
    ['http://a/b c', 'is not a URL'],
    ['http://a\n', 'is not a URL'],
    ['http://a\\b', 'is not a URL'],
    ['http://256.1.1.1', 'is not a URL'],
    ['http://[::g]', 'is not a URL'],
    ['http://a#', 'has a fragment'],
    ['http://a/b#c', 'has a fragment'],
  ])('is not written %j', (text, problem) => {
    for (const parse of [parseBaseEndpoint, parseMetricsEndpoint]) {
      expect(() => parse(text)).toThrow(ValueError);
      expect(() => parse(text)).toThrow(problem);
    }
  });

  it.each(['http://user:pass@a', 'http://user@a/b', 'http://@a', 'http://:@a', 'http://a:b@c@d:80', 'ftp://user@a'])(
    'has no user and no password: %s',
    (text) => {
      expect(() => parseBaseEndpoint(text)).toThrow(
        'has a user or a password; allowed: a URL without them; otlp.headers may have an authorization header',
      );
    },
  );

  it('may hold a secret where it has an @ or a query', () => {
    expect(['http://u:p@a', 'u:p@a:80', 'http://a?key=b', 'http://a/b', 'a:80'].map(mayHoldSecret)).toEqual([
      true,
      true,
      true,
      false,
      false,
    ]);
  });

  it('whatever is written, it is a URL of http without user and fragment, or an error', () => {
    const piece = fc.oneof(
      fc.constantFrom('http://', 'https://', 'a', ':', '@', '/', '?', '#', '\\', '[', '::1', ']', '80', '%', ' ', '..'),
      fc.string({ unit: 'binary', maxLength: 3 }),
    );
    fc.assert(
      fc.property(fc.constantFrom('http://', ''), fc.array(piece), (start, pieces) => {
        try {
          const { url } = parseBaseEndpoint(start + pieces.join(''));
          const { protocol, username, password, hash, hostname } = new URL(url);
          expect([username, password, hash]).toEqual(['', '', '']);
          expect(protocol).toMatch(/^https?:$/);
          expect(hostname).not.toBe('');
        } catch (error) {
          expect(error).toBeInstanceOf(ValueError);
        }
      }),
      { numRuns: 2_000 },
    );
  });
});
