// World 2 (the ABI stand-in): the id of the machine, from a registry with each fault that it may have.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseMachineGuid } from '../../../src/sources/windows/machine-id.ts';
import { describeOnStandin, OTHER_LIBRARY, openSource } from './open-standin.ts';

const GUID = '4d5ae2f0-6f3c-4b0e-9a50-0d7d9d1b5a3e';
/** The longest value that is taken; that of a GUID has 74 bytes. */
const MOST_BYTES = 128;

function wide(text: string): Buffer {
  return Buffer.from(text, 'utf16le');
}

/** A GUID that ends as it should, and so many more bytes that nothing is said of. */
function guidOf(byteLength: number): Buffer {
  return Buffer.concat([wide(`${GUID}\0`), Buffer.alloc(byteLength, 0x7a)]).subarray(0, byteLength);
}

describeOnStandin('the id of the machine', (standin) => {
  function machineId(): string | undefined {
    const source = openSource(standin.libraries);
    source.close();
    return source.machineId;
  }

  test.each([GUID, GUID.toUpperCase()])('is the GUID %s, in lower case', (text) => {
    standin.machineGuid({ bytes: wide(`${text}\0`) });
    expect(machineId()).toBe(GUID);
  });

  test('is read once, when the source is opened', () => {
    standin.machineGuid({ bytes: wide(`${GUID}\0`) });
    const source = openSource(standin.libraries);
    standin.machineGuid({ bytes: wide(`${GUID.replace('4', '5')}\0`) });
    source.read();
    expect(source.machineId).toBe(GUID);
  });

  test.each([2, 5, 234])('is not known when the registry answers %i, whatever stands in the buffer', (code) => {
    standin.machineGuid({ bytes: wide(`${GUID}\0`), code });
    expect(machineId()).toBeUndefined();
  });

  test('may stand in a value that is longer, up to a limit: what is behind the end of the text is no part of it', () => {
    standin.machineGuid({ bytes: guidOf(MOST_BYTES) });
    expect(machineId()).toBe(GUID);
    standin.machineGuid({ bytes: guidOf(MOST_BYTES + 1) });
    expect(machineId()).toBeUndefined();
  });

  test('may have no NUL at its end, or half of one', () => {
    for (const byteLength of [72, 73]) {
      standin.machineGuid({ bytes: guidOf(byteLength) });
      expect(machineId()).toBe(GUID);
    }
  });

  test.each([70, 71])('is not known when the value has %i bytes', (byteLength) => {
    standin.machineGuid({ bytes: guidOf(byteLength) });
    expect(machineId()).toBeUndefined();
  });

  test('ends where the value is told to end, and at the latest where the buffer does', () => {
    standin.machineGuid({ bytes: wide(`${GUID}\0`), toldBytes: 0xffff_ffff });
    expect(machineId()).toBe(GUID);
    for (const toldBytes of [0, 1, 71]) {
      standin.machineGuid({ bytes: wide(`${GUID}\0`), toldBytes });
      expect(machineId()).toBeUndefined();
    }
  });

  test.each(['missing library', 'missing function'])('is not known when Windows cannot be asked: %s', (what) => {
    const advapi32 = what === 'missing library' ? '/nowhere/absent.dll' : OTHER_LIBRARY;
    const source = openSource({ ...standin.libraries, advapi32 });
    expect(source.machineId).toBeUndefined();
  });
});

describe('the bytes of the value', () => {
  test.each([
    '',
    '\0',
    'uninitialized\0',
    `{${GUID}}\0`,
    ` ${GUID}\0`,
    `${GUID} \0`,
    `${GUID}0\0`,
    `${GUID.slice(1)}\0`,
    `${GUID.replaceAll('-', '')}\0`,
    `${GUID.replaceAll('-', '_')}\0`,
    `${GUID.replace('4', 'g')}\0`,
    `${GUID}\n\0`,
    `x\0${GUID}\0`,
  ])('hold no GUID: %j', (text) => {
    expect(parseMachineGuid(wide(text))).toBeUndefined();
  });

  test('hold no GUID in letters of one byte', () => {
    expect(parseMachineGuid(Buffer.from(`${GUID}\0`, 'latin1'))).toBeUndefined();
  });

  test('hold any GUID, whatever follows its end', () => {
    fc.assert(
      fc.property(fc.uuid(), fc.boolean(), fc.uint8Array(), (guid, isUpper, rest) => {
        const text = isUpper ? guid.toUpperCase() : guid;
        expect(parseMachineGuid(Buffer.concat([wide(`${text}\0`), rest]))).toBe(guid);
      }),
    );
  });

  test('of any kind hold a GUID that stands at their start, or none', () => {
    const units = fc.string({ unit: fc.constantFrom('0', '9', 'a', 'F', 'g', '-', '\0', '\n'), maxLength: 80 });
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 200 }), units.map(wide), cutGuids()), (bytes) => {
        const id = parseMachineGuid(bytes);
        if (id === undefined) return;
        expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/);
        expect(Buffer.from(bytes).toString('utf16le').toLowerCase().split('\0')[0]).toBe(id);
      }),
    );
  });
});

/** Values that are nearly right: cut short, or with one byte that is another. */
function cutGuids(): fc.Arbitrary<Uint8Array> {
  return fc.tuple(fc.uuid(), fc.nat(74), fc.nat(73), fc.nat(255)).map(([guid, byteLength, place, byte]) => {
    const bytes = wide(`${guid}\0`);
    bytes[place] = byte;
    return bytes.subarray(0, byteLength);
  });
}
