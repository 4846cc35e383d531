// Decoding the list of EnumServicesStatusExW: bytes in, the names of services by process id out.

import { NO_PID } from '../../model/sockets.ts';
import { PartFailure } from '../parts.ts';
import { SERVICE_USERSERVICE_INSTANCE } from './codes.ts';
import { LAYOUTS } from './layouts.ts';
import { decodeUtf16 } from './utf16.ts';

const SERVICE = LAYOUTS.ENUM_SERVICE_STATUS_PROCESSW;
/** What Windows puts behind the name of a service for the instance of one user: the user's session, in hexadecimal. */
const USER_SUFFIX = /_[0-9a-f]+$/i;
const BYTES_PER_UNIT = Uint16Array.BYTES_PER_ELEMENT;

/**
 * Adds the services in `bytes` to `services`: `count` records of ENUM_SERVICE_STATUS_PROCESSW, which point at their names
 * behind them, so `address`, where the bytes stood in memory, is needed to find these. Throws a PartFailure `malformed`
 * for whatever points outside the bytes.
 */
export function decodeServices(
  bytes: Uint8Array,
  address: bigint,
  count: number,
  services: Map<number, Set<string>>,
): void {
  if (count * SERVICE.size > bytes.byteLength) {
    throw malformed(`says that it has ${count} services of ${SERVICE.size} bytes`, bytes);
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const { fields, size } = SERVICE;
  for (let record = 0; record < count * size; record += size) {
    const pid = view.getUint32(record + fields['ServiceStatusProcess.dwProcessId'], true);
    if (pid === NO_PID) continue;
    const type = view.getUint32(record + fields['ServiceStatusProcess.dwServiceType'], true);
    const pointer = view.getBigUint64(record + fields.lpServiceName, true);
    const name = serviceName(textAt(bytes, pointer - address, record), type);
    const names = services.get(pid);
    if (names === undefined) services.set(pid, new Set([name]));
    else names.add(name);
  }
}

function serviceName(name: string, type: number): string {
  return (type & SERVICE_USERSERVICE_INSTANCE) === 0 ? name : name.replace(USER_SUFFIX, '');
}

/** The UTF-16 text that starts there, up to its NUL. */
function textAt(bytes: Uint8Array, offset: bigint, record: number): string {
  if (offset < 0n || offset >= BigInt(bytes.byteLength)) throw malformed(`has a name outside, at ${record}`, bytes);
  const start = Number(offset);
  for (let end = start; end + BYTES_PER_UNIT <= bytes.byteLength; end += BYTES_PER_UNIT) {
    if (bytes[end] === 0 && bytes[end + 1] === 0) {
      return decodeUtf16(bytes.subarray(start, end));
    }
  }
  throw malformed(`has a name without an end, at ${record}`, bytes);
}

function malformed(what: string, bytes: Uint8Array): PartFailure {
  return new PartFailure('malformed', `the service list ${what}; it has ${bytes.byteLength} bytes`);
}
