// World: none. Structs with pointers into their own memory, and what leads out of it.

import { describe, expect, test } from 'vitest';
import { PartFailure } from '../../src/sources/parts.ts';
import { wideString } from '../../src/sources/windows/utf16.ts';
import { encodeStruct, StructReader, wideList } from '../../src/windows-service/structs.ts';

const ADDRESS = 0x7ff6_1234_5678n;

/** A pointer at the beginning, so many bytes into the memory, and behind it these units. */
function pointing(bytesAway: bigint, units: Uint16Array): StructReader {
  const bytes = new Uint8Array(8 + units.byteLength);
  new DataView(bytes.buffer).setBigUint64(0, ADDRESS + bytesAway, true);
  bytes.set(new Uint8Array(units.buffer), 8);
  return new StructReader('STRUCT', bytes, ADDRESS);
}

describe('a struct', () => {
  test('has what it points at behind it, in its own memory', () => {
    const block = new Uint8Array(wideString('Über').buffer);
    const bytes = encodeStruct(16, [[0, 0xffff_fffe]], { pointer: 8, block });
    const struct = new StructReader('STRUCT', bytes);
    expect(bytes).toHaveLength(16 + 10);
    expect(struct.number(0)).toBe(0xffff_fffe);
    expect(struct.number(4)).toBe(0);
    expect(struct.text(8)).toBe('Über');
  });

  test('has nothing where it points at nothing', () => {
    const struct = new StructReader('STRUCT', encodeStruct(8, []));
    expect([struct.text(0), struct.texts(0), struct.block(0, 1)]).toEqual(['', [], undefined]);
  });

  test('has texts one after another, up to an empty one', () => {
    expect(pointing(8n, wideList(['a', 'Über'])).texts(0)).toEqual(['a', 'Über']);
    expect(pointing(8n, wideList([])).texts(0)).toEqual([]);
  });

  test('has a block of bytes', () => {
    const block = pointing(10n, Uint16Array.of(0, 0x1234, 0x5678)).block(0, 4);
    expect([block?.byteLength, block?.getUint16(0, true), block?.getUint16(2, true)]).toEqual([4, 0x1234, 0x5678]);
  });
});

describe('a pointer that leads out of the memory', () => {
  test.each([-1n, -8n, 12n, 0x1_0000_0000n])('%i bytes from its beginning, is a failure', (bytesAway) => {
    const struct = pointing(bytesAway, wideString('a'));
    for (const read of [() => struct.text(0), () => struct.texts(0), () => struct.block(0, 1)]) {
      expect(read).toThrow(new PartFailure('malformed', 'the STRUCT points outside; there are 12 bytes'));
    }
  });

  test('is one when only the end of a block leads out', () => {
    const struct = pointing(8n, wideString('a'));
    expect(struct.block(0, 4)?.byteLength).toBe(4);
    expect(() => struct.block(0, 5)).toThrow('the STRUCT points at 5 bytes; there are 12 bytes');
  });

  test('is one when the end of a text is missing', () => {
    const endless = Uint16Array.from('abc', (unit) => unit.charCodeAt(0));
    expect(() => pointing(8n, endless).text(0)).toThrow('the STRUCT has a text without an end; there are 14 bytes');
    expect(() => pointing(9n, wideString('')).text(0)).toThrow('without an end');
    expect(() => pointing(8n, wideString('a')).texts(0)).toThrow('without an end');
  });
});
