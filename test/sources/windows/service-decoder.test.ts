// World 1 (fixtures): the list of services of EnumServicesStatusExW, bytes in, names by process id out.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { PartFailure } from '../../../src/sources/parts.ts';
import { decodeServices } from '../../../src/sources/windows/service-decoder.ts';

const RECORD_BYTES = 56;
const NAME_POINTER_OFFSET = 0;
const TYPE_OFFSET = 16;
const PID_OFFSET = 44;
const OWN_PROCESS = 0x10;
const SHARED_PROCESS = 0x20;
const USER_INSTANCE = 0xd0;
/** Above 2^53, so that a pointer that went through a float would be off. */
const ADDRESS = 0x7ff6_0000_1234_5679n;

interface Service {
  readonly name: string;
  readonly pid: number;
  readonly type?: number;
}

/** As Windows writes them: the records first, their names at the end, each with its NUL. */
function listBytes(services: readonly Service[]): Buffer {
  const names = services.map(({ name }) => Buffer.from(`${name}\0`, 'utf16le'));
  const records = services.map(({ pid, type = OWN_PROCESS }, index) => {
    const record = Buffer.alloc(RECORD_BYTES, 0x5a);
    const before = names.slice(0, index).reduce((sum, name) => sum + name.length, services.length * RECORD_BYTES);
    record.writeBigUInt64LE(ADDRESS + BigInt(before), NAME_POINTER_OFFSET);
    record.writeUInt32LE(type, TYPE_OFFSET);
    record.writeUInt32LE(pid, PID_OFFSET);
    return record;
  });
  return Buffer.concat([...records, ...names]);
}

function decode(bytes: Uint8Array, count: number): Record<number, string[]> {
  const services = new Map<number, Set<string>>();
  decodeServices(bytes, ADDRESS, count, services);
  return Object.fromEntries([...services].map(([pid, names]) => [pid, [...names]]));
}

function decodeAll(services: readonly Service[]): Record<number, string[]> {
  return decode(listBytes(services), services.length);
}

describe('the list of services', () => {
  test('gives each process the names of its services', () => {
    expect(
      decodeAll([
        { name: 'Dnscache', pid: 812, type: SHARED_PROCESS },
        // Ā is U+0100: one of its bytes is zero, and it is no end.
        { name: 'Überwachung Ā 監視', pid: 4711 },
        { name: 'LanmanWorkstation', pid: 812, type: SHARED_PROCESS },
      ]),
    ).toEqual({ 812: ['Dnscache', 'LanmanWorkstation'], 4711: ['Überwachung Ā 監視'] });
  });

  test('gives the instances of a service that each user has one name', () => {
    expect(
      decodeAll([
        { name: 'CDPUserSvc_4f3c1', pid: 9, type: USER_INSTANCE },
        { name: 'CDPUserSvc_A01', pid: 9, type: USER_INSTANCE },
      ]),
    ).toEqual({ 9: ['CDPUserSvc'] });
  });

  test('leaves the name of any other service as it is, whatever it ends with', () => {
    expect(decodeAll([{ name: 'backup_2f', pid: 9, type: 0x50 }])).toEqual({ 9: ['backup_2f'] });
    expect(decodeAll([{ name: 'CDPUserSvc_xyz', pid: 9, type: USER_INSTANCE }])).toEqual({ 9: ['CDPUserSvc_xyz'] });
  });

  test('adds to what is known from the calls before', () => {
    const services = new Map([[9, new Set(['one'])]]);
    const bytes = listBytes([{ name: 'two', pid: 9 }]);
    decodeServices(bytes, ADDRESS, 1, services);
    expect([...(services.get(9) ?? [])]).toEqual(['one', 'two']);
  });

  test('leaves out what runs in no process', () => {
    expect(decodeAll([{ name: 'Starting', pid: 0 }])).toEqual({});
  });

  test('may be nothing at all', () => {
    expect(decode(new Uint8Array(0), 0)).toEqual({});
  });

  test('that has more services than fit into its bytes is malformed', () => {
    const bytes = listBytes([{ name: '', pid: 9 }]);
    expect(() => decode(bytes, 2)).toThrow(PartFailure);
    expect(() => decode(bytes, 0xffff_ffff)).toThrow('says that it has 4294967295 services of 56 bytes');
    expect(() => decode(bytes.subarray(0, RECORD_BYTES - 1), 1)).toThrow('it has 55 bytes');
  });

  test.each([
    ['before', -1n],
    ['behind', 66n],
    ['far behind', 1n << 40n],
  ])('whose name is %s the bytes is malformed', (_where, offset) => {
    const bytes = listBytes([{ name: 'Spooler', pid: 9 }]).subarray(0, 66);
    bytes.writeBigUInt64LE(ADDRESS + offset, NAME_POINTER_OFFSET);
    expect(() => decode(bytes, 1)).toThrow('the service list has a name outside, at 0; it has 66 bytes');
  });

  test('whose name has no end is malformed', () => {
    const bytes = listBytes([{ name: 'Spooler', pid: 9 }]);
    for (const cut of [1, 2, 3]) {
      expect(() => decode(bytes.subarray(0, bytes.length - cut), 1)).toThrow('has a name without an end, at 0');
    }
  });

  test('gives names back or says that it is malformed, whatever the bytes are', () => {
    const anyBytes = fc.oneof(
      fc.uint8Array({ maxLength: 300 }),
      fc.uint8Array({ minLength: 8, maxLength: 300 }).map((bytes) => {
        new DataView(bytes.buffer).setBigUint64(0, ADDRESS + BigInt(bytes[7] ?? 0), true);
        return bytes;
      }),
    );
    fc.assert(
      fc.property(anyBytes, fc.integer({ min: 0, max: 6 }), (bytes, count) => {
        try {
          for (const names of Object.values(decode(bytes, count))) expect(names.length).toBeGreaterThan(0);
        } catch (error) {
          expect(error).toBeInstanceOf(PartFailure);
          expect(error).toMatchObject({ code: 'malformed' });
        }
      }),
    );
  });
});
