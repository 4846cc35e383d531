// The list of processes of NtQuerySystemInformation, and one entry of Toolhelp.
import assert from 'node:assert/strict';
import { PartFailure } from '../../../src/sources/parts.ts';
import { LAYOUTS } from '../../../src/sources/windows/layouts.ts';
import {
  decodeProcessEntry,
  decodeProcessList,
  type WindowsProcess,
} from '../../../src/sources/windows/process-decoder.ts';
import { ADDRESS, expectInside } from '../pointers.ts';
import { valueOrRefusal } from '../properties.ts';
import { choose, chosen, type FuzzTarget } from '../target.ts';

const { size: SIZE, fields: FIELDS } = LAYOUTS.SYSTEM_PROCESS_INFORMATION;

const CHECKS: readonly ((bytes: Uint8Array) => void)[] = [
  (bytes) => {
    const processes = valueOrRefusal(PartFailure, () => decodeProcessList(bytes, ADDRESS));
    if (processes === undefined) return;
    expectProcesses(processes);
    assert.ok(processes.size * SIZE <= bytes.length, 'records lie over each other');
    const nameLength = (bytes[FIELDS['ImageName.Length']] ?? 0) + (bytes[FIELDS['ImageName.Length'] + 1] ?? 0) * 256;
    if (nameLength > 0) expectInside(bytes, FIELDS['ImageName.Buffer'], nameLength);
  },
  (bytes) => {
    const processes = new Map<number, WindowsProcess>();
    const entry = new Uint8Array(LAYOUTS.PROCESSENTRY32W.size);
    entry.set(bytes.subarray(0, entry.length));
    decodeProcessEntry(entry, processes);
    assert.ok(processes.size <= 1);
    expectProcesses(processes);
  },
];

export const windowsProcesses: FuzzTarget = {
  check(input) {
    const { choice, rest } = choose(CHECKS, input);
    choice(rest);
  },
  taken: [...chosen(0, list(812), list(812, 4711)), ...chosen(1, Buffer.alloc(600, 'a\0b\0'))],
  others: chosen(0, list(4711).subarray(0, 200), overlapping()),
};

function expectProcesses(processes: ReadonlyMap<number, WindowsProcess>): void {
  for (const [id, { pid, name, creationTime }] of processes) {
    assert.ok(id !== 0 && id === pid && name !== '' && Number.isFinite(creationTime));
  }
}

function list(...pids: readonly number[]): Buffer {
  const name = Buffer.from('svchost.exe', 'utf16le');
  const records = pids.map((pid, index) => {
    const record = Buffer.alloc(SIZE);
    record.writeUInt32LE(index === pids.length - 1 ? 0 : SIZE, FIELDS.NextEntryOffset);
    record.writeBigInt64LE(133_800_000_012_345_678n, FIELDS.CreateTime);
    record.writeUInt16LE(name.length, FIELDS['ImageName.Length']);
    record.writeBigUInt64LE(ADDRESS + BigInt(pids.length * SIZE), FIELDS['ImageName.Buffer']);
    record.writeUInt32LE(pid, FIELDS.UniqueProcessId);
    return record;
  });
  return Buffer.concat([...records, name]);
}

/** A second record begins in the middle of the first, where that has nothing. */
function overlapping(): Buffer {
  const bytes = Buffer.concat([list(812), Buffer.alloc(SIZE / 2)]);
  list(4711).copy(bytes, SIZE / 2, 0, SIZE);
  bytes.writeUInt32LE(SIZE / 2, FIELDS.NextEntryOffset);
  return bytes;
}
