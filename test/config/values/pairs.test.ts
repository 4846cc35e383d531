// World: none. Lists of names and values: headers and resource attributes.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ValueError } from '../../../src/config/error.ts';
import { parseHeaders } from '../../../src/config/values/headers.ts';
import { formatPairs } from '../../../src/config/values/pairs.ts';
import { parseResourceAttributes } from '../../../src/config/values/resource-attributes.ts';

/** Nothing of the text but the number of an item. */
const ERROR =
  /^ValueError: (has no =|has no name|has a bad percent-encoding|has a (name|character) that no HTTP header has|repeats a name) in item \d+; allowed: (name=value,name=value|key=value,key=value), with /;

describe('a list of names and values', () => {
  it.each([
    ['a=b', { a: 'b' }],
    ['a=b,c=d', { a: 'b', c: 'd' }],
    [' a = b ,\tc=d\n', { a: 'b', c: 'd' }],
    ['a=%20b%2C%3D%25', { a: ' b,=%' }],
    ['a=Basic dTpw==', { a: 'Basic dTpw==' }],
    ['a=b;c=d', { a: 'b;c=d' }],
    ['a+b=c+d', { 'a+b': 'c+d' }],
    ['%61=b', { a: 'b' }],
    ['a=', { a: '' }],
    [',a=b,, c=d,', { a: 'b', c: 'd' }],
    ['', {}],
    ['toString=x', { toString: 'x' }],
  ])('%j is %j', (text, pairs) => {
    expect(parseHeaders(text)).toEqual(pairs);
    expect(parseResourceAttributes(text)).toEqual(pairs);
  });

  it('keeps a name that means something to JavaScript', () => {
    expect(Object.entries(parseHeaders('__proto__=x'))).toEqual([['__proto__', 'x']]);
  });

  it.each([
    ['a', 'has no = in item 1'],
    ['a=b,c', 'has no = in item 2'],
    ['a=b,,c', 'has no = in item 3'],
    ['=b', 'has no name in item 1'],
    [' = ', 'has no name in item 1'],
    ['a=%', 'has a bad percent-encoding in item 1'],
    ['a=100%,c=d', 'has a bad percent-encoding in item 1'],
    ['a=b,%zz=d', 'has a bad percent-encoding in item 2'],
    ['a=%ff', 'has a bad percent-encoding in item 1'],
    ['a=b,c=d,a=b', 'repeats a name in item 3'],
  ])('is not written %j', (text, problem) => {
    for (const parse of [parseHeaders, parseResourceAttributes]) {
      expect(() => parse(text)).toThrow(ValueError);
      expect(() => parse(text)).toThrow(`${problem}; allowed: `);
    }
  });

  it.each([parseHeaders, parseResourceAttributes])(
    'whatever is written, there are pairs or an error that repeats none of it',
    (parse) => {
      const piece = fc.oneof(fc.constantFrom('=', ',', '%', '%4', '%41', ' ', ';'), fc.string({ unit: 'binary' }));
      fc.assert(
        fc.property(fc.array(piece), (pieces) => {
          try {
            for (const value of Object.values(parse(pieces.join('')))) expect(value).toBeTypeOf('string');
          } catch (error) {
            expect(error).toBeInstanceOf(ValueError);
            expect(String(error)).toMatch(ERROR);
          }
        }),
        { numRuns: 2_000 },
      );
    },
  );
});

describe('headers', () => {
  const name = fc.string({
    unit: fc.constantFrom(..."!#$%&'*+-.^_`|~0129abczABCZ"),
    minLength: 1,
  });
  const value = fc.string({ unit: fc.integer({ min: 0x20, max: 0x7e }).map((code) => String.fromCharCode(code)) });

  it('are read as they are written', () => {
    const headers = fc.uniqueArray(fc.tuple(name, value), { selector: ([text]) => text.toLowerCase() });
    fc.assert(
      fc.property(headers, (pairs) => {
        expect(new Map(Object.entries(parseHeaders(formatPairs(pairs))))).toEqual(new Map(pairs));
      }),
    );
  });

  it('have names that HTTP allows', () => {
    for (const bad of ['a b', 'a:', 'é', 'a(b', '%0a', 'a%3D', '"a"']) {
      expect(() => parseHeaders(`${bad}=x`), bad).toThrow('has a name that no HTTP header has in item 1');
    }
  });

  it('have values that HTTP allows', () => {
    expect(parseHeaders('a=%09b c~')).toEqual({ a: '\tb c~' });
    for (const bad of ['b%0d%0ac: d', '%00', '%7f', 'é', '%C3%A9', 'b\nc']) {
      expect(() => parseHeaders(`a=${bad}`), bad).toThrow('has a character that no HTTP header has in item 1');
    }
  });

  it('are the same in any case', () => {
    expect(() => parseHeaders('X-Key=a,x-key=b')).toThrow('repeats a name in item 2');
  });
});

describe('resource attributes', () => {
  it('are read as they are written', () => {
    const text = fc.string({ unit: 'binary' });
    const attributes = fc.uniqueArray(fc.tuple(fc.string({ unit: 'binary', minLength: 1 }), text), {
      selector: ([key]) => key,
    });
    fc.assert(
      fc.property(attributes, (pairs) => {
        expect(new Map(Object.entries(parseResourceAttributes(formatPairs(pairs))))).toEqual(new Map(pairs));
      }),
    );
  });

  it('differ by the case of their keys', () => {
    expect(parseResourceAttributes('a=b,A=c')).toEqual({ a: 'b', A: 'c' });
  });
});

describe('pairs as text', () => {
  it('have no lone surrogate, which could not be encoded', () => {
    expect(parseResourceAttributes(formatPairs([['a', 'b\ud800']]))).toEqual({ a: 'b\ufffd' });
  });
});
