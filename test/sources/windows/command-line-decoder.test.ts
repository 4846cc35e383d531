// World 1 (fixtures): the answer of NtQueryInformationProcess, bytes in, the command line of a process out.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { PartFailure } from '../../../src/sources/parts.ts';
import { decodeCommandLine } from '../../../src/sources/windows/command-line-decoder.ts';

/** Where the bytes stood in memory: above 2^53, so that a pointer that went through a float would be off. */
const ADDRESS = 0x7ff6_0000_1234_5678n;
const STRUCT_BYTES = 16;
const POINTER_OFFSET = 8;
const MAX_LENGTH = 0xfffe;

const OUTSIDE = 'ProcessCommandLineInformation: the text is outside of the bytes returned';
const TOO_SHORT = 'ProcessCommandLineInformation: fewer bytes than a UNICODE_STRING has were returned';

describe('the command line', () => {
  test('is the text behind the struct, with all that stands in it', () => {
    const text = String.raw`"C:\Program Files\Überwachung 監視\a.exe" -q "ein ""Wort""" \\host\🔭 `;
    expect(decodeCommandLine(answer(text), ADDRESS)).toBe(text);
  });

  test('may be empty, and then stands nowhere', () => {
    const bytes = answer('');
    bytes.writeBigUInt64LE(0n, POINTER_OFFSET);
    expect(decodeCommandLine(bytes, ADDRESS)).toBe('');
  });

  test('may be as long as Windows allows', () => {
    const text = 'x'.repeat(MAX_LENGTH / 2);
    expect(decodeCommandLine(answer(text), ADDRESS)).toBe(text);
  });

  test('is where the pointer says, and ends where the length says', () => {
    const bytes = answer('--name=kafka and more');
    bytes.writeUInt16LE(10, 0);
    bytes.writeBigUInt64LE(ADDRESS + BigInt(STRUCT_BYTES + 14), POINTER_OFFSET);
    expect(decodeCommandLine(bytes, ADDRESS)).toBe('kafka');
  });

  test('may be any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 100 }), fc.uint8Array({ maxLength: 9 }), (text, rest) => {
        expect(decodeCommandLine(Buffer.concat([answer(text), rest]), ADDRESS)).toBe(text);
      }),
    );
  });

  test('is malformed when the answer is shorter than the struct', () => {
    const bytes = answer('');
    for (let length = 0; length < STRUCT_BYTES; length += 1) expectMalformed(bytes.subarray(0, length), TOO_SHORT);
    expect(decodeCommandLine(bytes, ADDRESS)).toBe('');
  });

  test('is malformed when the answer ends inside the text', () => {
    const bytes = answer('node');
    for (let length = STRUCT_BYTES; length < bytes.length; length += 1)
      expectMalformed(bytes.subarray(0, length), OUTSIDE);
  });

  test.each([1, 2, MAX_LENGTH - 8, 0xffff - 8])('is malformed when it is said to be %i bytes longer', (extra) => {
    const bytes = answer('node');
    bytes.writeUInt16LE(8 + extra, 0);
    expectMalformed(bytes, OUTSIDE);
  });

  test.each([
    ['before the answer', ADDRESS - 2n],
    ['inside the struct', ADDRESS + 15n],
    ['at the end of the answer', ADDRESS + 24n],
    ['behind the answer', ADDRESS + 100_000n],
    ['nowhere', 0n],
    ['in the kernel', 0xffff_8000_0000_0000n],
  ])('is malformed when it stands %s', (_, pointer) => {
    const bytes = answer('node');
    bytes.writeBigUInt64LE(pointer, POINTER_OFFSET);
    expectMalformed(bytes, OUTSIDE);
  });

  test('of any bytes at all is text from behind the struct, or malformed', () => {
    const damage = fc.array(fc.tuple(fc.nat(STRUCT_BYTES - 1), fc.nat(0xff)), { maxLength: 3 });
    fc.assert(
      fc.property(damage, fc.nat(40), (places, length) => {
        const bytes = answer('java -jar a b');
        for (const [offset, byte] of places) bytes[offset] = byte;
        const cut = bytes.subarray(0, length);
        const failure = failureOf(cut);
        if (failure !== undefined) {
          expect(failure).toMatchObject({ code: 'malformed' });
        } else {
          const text = Buffer.from(decodeCommandLine(cut, ADDRESS), 'utf16le');
          expect(cut.subarray(STRUCT_BYTES).includes(text)).toBe(true);
        }
      }),
      { numRuns: 2000 },
    );
  });
});

/** As Windows lays it out. */
function answer(text: string): Buffer {
  const units = Buffer.from(text, 'utf16le');
  const bytes = Buffer.alloc(STRUCT_BYTES + units.length);
  bytes.writeUInt16LE(units.length, 0);
  bytes.writeUInt16LE(units.length, 2);
  bytes.writeBigUInt64LE(ADDRESS + BigInt(STRUCT_BYTES), POINTER_OFFSET);
  units.copy(bytes, STRUCT_BYTES);
  return bytes;
}

function failureOf(bytes: Uint8Array): unknown {
  try {
    decodeCommandLine(bytes, ADDRESS);
    return undefined;
  } catch (error) {
    return error;
  }
}

function expectMalformed(bytes: Uint8Array, message: string): void {
  const failure = failureOf(bytes);
  expect(failure).toBeInstanceOf(PartFailure);
  expect(failure).toMatchObject({ code: 'malformed', message });
}
