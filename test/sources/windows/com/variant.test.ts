// World 1 (fixtures): the value of a VARIANT.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { PartFailure } from '../../../../src/sources/parts.ts';
import { decodeVariant } from '../../../../src/sources/windows/com/variant.ts';

const NO_STRING = (): string => {
  throw new Error('there is no string to read');
};

/** A VARIANT as Windows leaves it: what is not part of the value is garbage. */
function variant(type: number, ...valueBytes: number[]): Uint8Array {
  const bytes = new Uint8Array(24).fill(0xaa);
  bytes.set([type & 0xff, type >>> 8]);
  bytes.set(valueBytes, 8);
  return bytes;
}

describe('a VARIANT', () => {
  test.each([
    ['VT_EMPTY', variant(0), null],
    ['VT_NULL', variant(1), null],
    ['VT_I2', variant(2, 0xfe, 0xff), -2],
    ['VT_I4, as WMI gives a uint16', variant(3, 0x00, 0xc0, 0x00, 0x00), 49_152],
    ['VT_I4', variant(3, 0xff, 0xff, 0xff, 0xff), -1],
    ['VT_UI2', variant(18, 0x00, 0xc0), 49_152],
    ['VT_UI4', variant(19, 0xff, 0xff, 0xff, 0xff), 4_294_967_295],
  ])('of type %s has its value', (_type, bytes, value) => {
    expect(decodeVariant(bytes, 'C.P', NO_STRING)).toBe(value);
  });

  test('of type VT_BSTR has the string at its address', () => {
    const bytes = variant(8, 0x08, 0x07, 0x06, 0x05, 0x04, 0x03, 0x02, 0x01);
    expect(decodeVariant(bytes, 'C.P', (address) => `at ${address.toString(16)}`)).toBe('at 102030405060708');
  });

  test.each([5, 9, 11, 20, 0x2003, 0x4003])('of type %i is an error that names the property and the type', (type) => {
    expect(() => decodeVariant(variant(type), 'C.P', NO_STRING)).toThrow(
      new PartFailure('malformed', `C.P is a VARIANT of type ${type}, neither null, an integer nor a string`),
    );
  });

  test('that is cut off is an error', () => {
    expect(() => decodeVariant(variant(3).subarray(0, 23), 'C.P', NO_STRING)).toThrow(
      new PartFailure('malformed', 'C.P is a VARIANT of 23 bytes, not 24'),
    );
  });

  test('is looked at where it stands in a larger buffer', () => {
    const buffer = new Uint8Array(40);
    buffer.set(variant(18, 0x34, 0x12), 7);
    expect(decodeVariant(buffer.subarray(7, 31), 'C.P', NO_STRING)).toBe(0x1234);
  });

  test('of garbage is a value or an error, and nothing else', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 40 }),
        fc.constantFrom(0, 1, 2, 3, 8, 18, 19, undefined),
        (bytes, type) => {
          if (type !== undefined && bytes.length > 1) bytes.set([type, 0]);
          try {
            const value = decodeVariant(bytes, 'C.P', String);
            expect(value === null || typeof value === 'string' || Number.isInteger(value)).toBe(true);
            expect(bytes.length).toBeGreaterThanOrEqual(24);
          } catch (error) {
            expect(error).toBeInstanceOf(PartFailure);
          }
        },
      ),
    );
  });
});
