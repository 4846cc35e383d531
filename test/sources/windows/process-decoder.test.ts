// World 1 (fixtures): the list of processes of NtQuerySystemInformation, bytes in, processes out.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { PartFailure } from '../../../src/sources/parts.ts';
import {
  decodeProcessEntry,
  decodeProcessList,
  type WindowsProcess,
} from '../../../src/sources/windows/process-decoder.ts';

/** Where the bytes stood in memory: above 2^53, so that a pointer that went through a float would be off. */
const ADDRESS = 0x7ff6_0000_1234_5678n;
const RECORD_BYTES = 256;
const NEXT_OFFSET = 0x00;
const CREATE_TIME_OFFSET = 0x20;
const NAME_LENGTH_OFFSET = 0x38;
const NAME_POINTER_OFFSET = 0x40;
const PID_OFFSET = 0x50;

describe('the list of processes', () => {
  test('gives each process its name by its id', () => {
    const processes = decode([
      [812, 'svchost.exe'],
      [4711, 'Überwachung-監視-🔭.exe'],
    ]);
    expect([...processes.values()]).toEqual([
      { pid: 812, name: 'svchost.exe', creationTime: expect.any(Number) },
      { pid: 4711, name: 'Überwachung-監視-🔭.exe', creationTime: expect.any(Number) },
    ]);
    expect([...processes.keys()]).toEqual([812, 4711]);
  });

  test('leaves out process id 0, which is idle time, and a process without a name', () => {
    expect([
      ...decode([
        [0, ''],
        [88, ''],
        [92, 'Registry'],
      ]).keys(),
    ]).toEqual([92]);
    expect([...decode([[0, 'Idle']]).keys()]).toEqual([]);
  });

  test('tells when a process was created, to a few microseconds', () => {
    const bytes = listBytes([[812, 'svchost.exe']]);
    const createTime = 133_800_000_012_345_678n;
    bytes.writeBigInt64LE(createTime, CREATE_TIME_OFFSET);
    const creationTime = decodeProcessList(bytes, ADDRESS).get(812)?.creationTime ?? 0;
    expect(Math.abs(Number(BigInt(creationTime) - createTime))).toBeLessThanOrEqual(16);
  });

  test('gives back every process that was written', () => {
    const name = fc.string({ unit: 'binary', minLength: 1, maxLength: 20 });
    const pid = fc.integer({ min: 5, max: 0xffff_ffff });
    const processes = fc.uniqueArray(fc.tuple(pid, name), { selector: ([id]) => id, minLength: 1, maxLength: 10 });
    fc.assert(
      fc.property(processes, (written) => {
        expect([...decode(written)].map(([id, process]) => [id, process.name])).toEqual(written);
      }),
    );
  });

  test('may end with its last record, when that has no name', () => {
    const bytes = listBytes([
      [8, 'a.exe'],
      [0, ''],
    ]);
    expect([...decodeProcessList(bytes, ADDRESS).keys()]).toEqual([8]);
  });

  test('that ends inside a record is malformed', () => {
    const bytes = listBytes([
      [8, 'a.exe'],
      [12, 'b.exe'],
    ]);
    for (const length of [0, 1, RECORD_BYTES - 1, RECORD_BYTES + 100]) {
      expectMalformed(bytes.subarray(0, length), 'bytes returned');
    }
  });

  test('whose records lead out of it, or into themselves, is malformed', () => {
    for (const distance of [1, 8, RECORD_BYTES - 8]) {
      expectMalformed(
        changed((bytes) => bytes.writeUInt32LE(distance, NEXT_OFFSET)),
        'inside the one at 0',
      );
    }
    for (const distance of [100_000, 0xffff_ffff]) {
      expectMalformed(
        changed((bytes) => bytes.writeUInt32LE(distance, NEXT_OFFSET)),
        `record at ${distance} goes`,
      );
    }
  });

  test.each([
    ['before the list', ADDRESS - 2n],
    ['behind the list', ADDRESS + 100_000n],
    ['nowhere', 0n],
    ['in the kernel', 0xffff_8000_0000_0000n],
  ])('with a name that stands %s is malformed', (_, pointer) => {
    expectMalformed(
      changed((bytes) => bytes.writeBigUInt64LE(pointer, NAME_POINTER_OFFSET)),
      'name in the record at 0',
    );
  });

  test('with a name that is longer than the list is malformed', () => {
    expectMalformed(
      changed((bytes) => bytes.writeUInt16LE(0xfffe, NAME_LENGTH_OFFSET)),
      'name in the record at 0',
    );
  });

  test('of any bytes at all is decoded or malformed', () => {
    const damage = fc.array(fc.tuple(fc.nat(), fc.nat(0xff)), { maxLength: 6 });
    fc.assert(
      fc.property(damage, fc.nat(2000), (places, length) => {
        const bytes = listBytes([
          [8, 'a.exe'],
          [12, 'b.exe'],
          [16, 'c.exe'],
        ]);
        for (const [offset, byte] of places) bytes[offset % bytes.length] = byte;
        const failure = failureOf(bytes.subarray(0, length));
        if (failure !== undefined) expect(failure).toMatchObject({ code: 'malformed' });
      }),
      { numRuns: 2000 },
    );
  });
});

describe('an entry of Toolhelp', () => {
  const ENTRY_BYTES = 568;
  const ENTRY_PID_OFFSET = 8;
  const ENTRY_NAME_OFFSET = 44;
  const MAX_PATH = 260;

  /** Behind the name, what an earlier entry has left: `z`. */
  function decodeEntry(pid: number, name: string): WindowsProcess | undefined {
    const bytes = Buffer.alloc(ENTRY_BYTES, 'z', 'utf16le');
    bytes.writeUInt32LE(pid, ENTRY_PID_OFFSET);
    bytes.write(name, ENTRY_NAME_OFFSET, 'utf16le');
    const processes = new Map<number, WindowsProcess>();
    decodeProcessEntry(bytes, processes);
    return processes.get(pid);
  }

  test('has a name that ends with a NUL, or with the last unit that there is room for', () => {
    expect(decodeEntry(812, 'svchost.exe\0')?.name).toBe('svchost.exe');
    expect(decodeEntry(812, 'x'.repeat(MAX_PATH))?.name).toBe('x'.repeat(MAX_PATH));
  });

  test('without a name is no process, nor is number 0', () => {
    expect(decodeEntry(812, '\0')).toBeUndefined();
    expect(decodeEntry(0, 'Idle\0')).toBeUndefined();
  });
});

type Named = readonly [pid: number, name: string];

function decode(processes: readonly Named[]) {
  return decodeProcessList(listBytes(processes), ADDRESS);
}

/** The records, each followed by its name, as Windows lays them out. */
function listBytes(processes: readonly Named[]): Buffer {
  const records: Buffer[] = [];
  let address = ADDRESS;
  for (const [index, [pid, name]] of processes.entries()) {
    const record = recordBytes(pid, name, address, index === processes.length - 1);
    records.push(record);
    address += BigInt(record.length);
  }
  return Buffer.concat(records);
}

function recordBytes(pid: number, name: string, address: bigint, isLast: boolean): Buffer {
  const units = Buffer.from(name, 'utf16le');
  const bytes = Buffer.alloc(RECORD_BYTES + Math.ceil(units.length / 8) * 8);
  bytes.writeUInt32LE(isLast ? 0 : bytes.length, NEXT_OFFSET);
  bytes.writeUInt16LE(units.length, NAME_LENGTH_OFFSET);
  if (units.length > 0) bytes.writeBigUInt64LE(address + BigInt(RECORD_BYTES), NAME_POINTER_OFFSET);
  bytes.writeUInt32LE(pid, PID_OFFSET);
  units.copy(bytes, RECORD_BYTES);
  return bytes;
}

/** A list of two, with one thing wrong in its first record. */
function changed(damage: (bytes: Buffer) => unknown): Buffer {
  const bytes = listBytes([
    [8, 'a.exe'],
    [12, 'b.exe'],
  ]);
  damage(bytes);
  return bytes;
}

function failureOf(bytes: Uint8Array): unknown {
  try {
    decodeProcessList(bytes, ADDRESS);
    return undefined;
  } catch (error) {
    return error;
  }
}

function expectMalformed(bytes: Uint8Array, text: string): void {
  const failure = failureOf(bytes);
  expect(failure).toBeInstanceOf(PartFailure);
  expect(failure).toMatchObject({ code: 'malformed', message: expect.stringContaining(text) });
}
