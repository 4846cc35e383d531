// Given this header, this user and this password; or none.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseCredentials } from '../../../src/web/passwords/credentials.ts';

function encoded(text: string | Uint8Array): string {
  return Buffer.from(text).toString('base64');
}

describe('credentials', () => {
  test.each([
    ['as RFC 7617 writes them', 'Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==', 'Aladdin', 'open sesame'],
    ['in UTF-8, as RFC 7617 writes them', 'Basic dGVzdDoxMjPCow==', 'test', '123£'],
    ['with the scheme in other letters', 'bASIC QWxhZGRpbjpvcGVuIHNlc2FtZQ==', 'Aladdin', 'open sesame'],
    ['after more than one space', 'Basic   QWxhZGRpbjpvcGVuIHNlc2FtZQ==', 'Aladdin', 'open sesame'],
    ['with more colons', `Basic ${encoded('ann:a:b::')}`, 'ann', 'a:b::'],
    ['without a user', `Basic ${encoded(':secret')}`, '', 'secret'],
    ['without a password', `Basic ${encoded('ann:')}`, 'ann', ''],
    ['without both', `Basic ${encoded(':')}`, '', ''],
    ['with a byte order mark', `Basic ${encoded('\uFEFFann:x')}`, '\uFEFFann', 'x'],
    ['with a NUL', `Basic ${encoded('ann:x\0y')}`, 'ann', 'x\0y'],
  ])('are read %s', (_name, header, user, password) => {
    expect(parseCredentials(header)).toEqual({ user, password });
  });

  test.each([
    ['no header', undefined],
    ['an empty header', ''],
    ['the scheme alone', 'Basic'],
    ['the scheme and a space', 'Basic '],
    ['another scheme', `Bearer ${encoded('ann:secret')}`],
    ['a longer scheme', `Basics ${encoded('ann:secret')}`],
    ['no space', `Basic${encoded('ann:secret')}`],
    ['a tab', `Basic\t${encoded('ann:secret')}`],
    ['plain text', 'Basic ann:secret'],
    ['no padding', 'Basic YW5uOng'],
    ['too little padding', 'Basic YW5uOnh4eA='],
    ['too much padding', 'Basic YW5uOng6==='],
    ['padding alone', 'Basic ===='],
    ['padding within', 'Basic YW5u=Ong'],
    ['the alphabet of URLs', 'Basic YW5uOi0_Pz8-Pg=='],
    ['something after it', `Basic ${encoded('ann:secret')} realm=x`],
    ['a second one', `Basic ${encoded('ann:secret')}, Basic ${encoded('ann:secret')}`],
    ['no colon', `Basic ${encoded('ann')}`],
    ['Latin-1', `Basic ${encoded(new Uint8Array([0x61, 0x3a, 0xe9]))}`],
    ['an overlong encoding', `Basic ${encoded(new Uint8Array([0x61, 0xc0, 0xba, 0x3a]))}`],
    ['half of a letter', `Basic ${encoded(new Uint8Array([0x61, 0x3a, 0xc3]))}`],
    ['a header of more than 4096 characters', `Basic ${encoded(`ann:${'x'.repeat(3072)}`)}`],
  ])('are none in %s', (_name, header) => {
    expect(parseCredentials(header)).toBeUndefined();
  });

  test('are those that a client wrote, whatever they are', () => {
    const text = fc.string({ unit: 'binary', maxLength: 200 });
    const user = text.filter((name) => !name.includes(':'));
    fc.assert(
      fc.property(user, text, (name, password) => {
        expect(parseCredentials(`Basic ${encoded(`${name}:${password}`)}`)).toEqual({ user: name, password });
      }),
    );
  });

  test('are read from any header without a throw', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.base64String(), fc.uint8Array().map(encoded)), (text) => {
        parseCredentials(text);
        parseCredentials(`Basic ${text}`);
      }),
    );
  });
});
