// Decoding what Windows tells about processes: the list of NtQuerySystemInformation, and one entry of Toolhelp.

import type { Process } from '../../model/processes.ts';
import { NO_PID } from '../../model/sockets.ts';
import { PartFailure } from '../parts.ts';
import { LAYOUTS } from './layouts.ts';

/** The kernel itself, which owns the endpoints of drivers such as http.sys. */
const SYSTEM_PID = 4;
const SYSTEM_NAME = 'System';
const NO_SERVICES: readonly string[] = [];

const INFORMATION = LAYOUTS.SYSTEM_PROCESS_INFORMATION;
const ENTRY = LAYOUTS.PROCESSENTRY32W;

/**
 * The list of SYSTEM_PROCESS_INFORMATION records in `bytes`, each with the distance to the next. Names stand behind the
 * records and are pointed at, so `address`, where the bytes stood in memory, is needed to find them.
 * Throws a PartFailure `malformed` for whatever points outside the bytes.
 */
export function decodeProcessList(bytes: Uint8Array, address: bigint): Map<number, Process> {
  const processes = new Map<number, Process>();
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const { fields, size } = INFORMATION;
  let record = 0;
  let distance: number;
  do {
    if (record + size > bytes.byteLength) throw malformed(`the record at ${record} goes beyond the end`, bytes);
    const pid = view.getUint32(record + fields.UniqueProcessId, true);
    addProcess(processes, pid, imageName(view, bytes, record, address));
    distance = view.getUint32(record + fields.NextEntryOffset, true);
    // Records do not overlap; and a list that went on in smaller steps could take hours to reach its end.
    if (distance !== 0 && distance < size) throw malformed(`the next record starts inside the one at ${record}`, bytes);
    record += distance;
  } while (distance !== 0);
  return processes;
}

/** Adds what one PROCESSENTRY32W says. */
export function decodeProcessEntry(bytes: Uint8Array, processes: Map<number, Process>): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, ENTRY.size);
  const name = utf16(bytes.subarray(ENTRY.fields.szExeFile, ENTRY.size));
  const end = name.indexOf('\0');
  addProcess(processes, view.getUint32(ENTRY.fields.th32ProcessID, true), end < 0 ? name : name.slice(0, end));
}

function imageName(view: DataView, bytes: Uint8Array, record: number, address: bigint): string {
  const length = view.getUint16(record + INFORMATION.fields['ImageName.Length'], true);
  if (length === 0) return '';
  const start = view.getBigUint64(record + INFORMATION.fields['ImageName.Buffer'], true) - address;
  if (start < 0n || start + BigInt(length) > bytes.byteLength) {
    throw malformed(`the name in the record at ${record} is outside`, bytes);
  }
  return utf16(bytes.subarray(Number(start), Number(start) + length));
}

/** Process id 0 is no process but idle time, and the mark of endpoints without an owner. A process without a name stays unknown. */
function addProcess(processes: Map<number, Process>, pid: number, imageName: string): void {
  const name = pid === SYSTEM_PID ? SYSTEM_NAME : imageName;
  if (pid !== NO_PID && name !== '') processes.set(pid, { pid, name, services: NO_SERVICES });
}

function utf16(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf16le');
}

function malformed(what: string, bytes: Uint8Array): PartFailure {
  return new PartFailure('malformed', `SYSTEM_PROCESS_INFORMATION: ${what} of the ${bytes.byteLength} bytes returned`);
}
