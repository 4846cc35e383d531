// The list of services of EnumServicesStatusExW, and the command line of one process.
import assert from 'node:assert/strict';
import { PartFailure } from '../../../src/sources/parts.ts';
import { decodeCommandLine } from '../../../src/sources/windows/command-line-decoder.ts';
import { LAYOUTS } from '../../../src/sources/windows/layouts.ts';
import { decodeServices } from '../../../src/sources/windows/service-decoder.ts';
import { ADDRESS, expectInside } from '../pointers.ts';
import { valueOrRefusal } from '../properties.ts';
import { choose, chosen, type FuzzTarget } from '../target.ts';

const SERVICE = LAYOUTS.ENUM_SERVICE_STATUS_PROCESSW;
const STRING = LAYOUTS.UNICODE_STRING;
/** A running service of one user, whose name has the session behind it. */
const USER_SERVICE = 0xf0;

const CHECKS: readonly ((bytes: Uint8Array) => void)[] = [
  (bytes) => {
    // Windows says how many there are beside the records: here the first byte does.
    const [count = 0, ...records] = bytes;
    const services = new Map<number, Set<string>>();
    const list = Uint8Array.from(records);
    valueOrRefusal(PartFailure, () => decodeServices(list, ADDRESS, count, services));
    assert.ok(!services.has(0) && services.size <= count);
    const names = [...services.values()].flatMap((ofOneProcess) => [...ofOneProcess]);
    assert.ok(names.every((name) => !name.includes('\0')));
    // Without an owner nobody looks at the name.
    if (names.length === count && count > 0) expectInside(list, SERVICE.fields.lpServiceName);
  },
  (bytes) => {
    const text = valueOrRefusal(PartFailure, () => decodeCommandLine(bytes, ADDRESS)) ?? '';
    if (text !== '') expectInside(bytes, STRING.fields.Buffer, text.length * 2, STRING.size);
  },
];

export const windowsServices: FuzzTarget = {
  check(input) {
    const { choice, rest } = choose(CHECKS, input);
    choice(rest);
  },
  taken: [
    ...chosen(0, services('Dhcp', 0x20), services('CDPUserSvc_1a2b', USER_SERVICE), Uint8Array.of(0)),
    ...chosen(1, text('app.exe -x'), Buffer.alloc(STRING.size)),
  ],
  others: [...chosen(0, services('Dhcp', 0x20).subarray(0, -2)), ...chosen(1, Buffer.alloc(3))],
};

function services(name: string, type: number): Buffer {
  const record = Buffer.alloc(SERVICE.size);
  record.writeBigUInt64LE(ADDRESS + BigInt(SERVICE.size), SERVICE.fields.lpServiceName);
  record.writeUInt32LE(type, SERVICE.fields['ServiceStatusProcess.dwServiceType']);
  record.writeUInt32LE(812, SERVICE.fields['ServiceStatusProcess.dwProcessId']);
  return Buffer.concat([Uint8Array.of(1), record, Buffer.from(`${name}\0`, 'utf16le')]);
}

function text(line: string): Buffer {
  const struct = Buffer.alloc(STRING.size);
  struct.writeUInt16LE(line.length * 2, STRING.fields.Length);
  struct.writeBigUInt64LE(ADDRESS + BigInt(STRING.size), STRING.fields.Buffer);
  return Buffer.concat([struct, Buffer.from(line, 'utf16le')]);
}
