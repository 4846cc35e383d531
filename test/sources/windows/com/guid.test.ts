// World 1 (fixtures): the bytes of a GUID.

import { expect, test } from 'vitest';
import { encodeGuid } from '../../../../src/sources/windows/com/guid.ts';
import { CLSID_WbemLocator } from '../../../../src/sources/windows/wmi/codes.ts';

test('a GUID has three little-endian numbers and eight bytes', () => {
  expect(Buffer.from(encodeGuid('00112233-4455-6677-8899-aabbccddeeff')).toString('hex')).toBe(
    '33221100554477668899aabbccddeeff',
  );
  expect(Buffer.from(encodeGuid(CLSID_WbemLocator)).toString('hex')).toBe('11f890453a1dd011891f00aa004b2e24');
});
