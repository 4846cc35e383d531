// Decoding what Windows tells about processes: the list of NtQuerySystemInformation, and one entry of Toolhelp.

import { NO_PID } from '../../model/sockets.ts';
import { PartFailure } from '../parts.ts';
import { MAX_PATH } from './codes.ts';
import { LAYOUTS } from './layouts.ts';
import { decodeUtf16 } from './utf16.ts';

/** The creation time of a process where nobody tells it: Toolhelp does not. */
export const NO_TIME = 0;

export interface WindowsProcess {
  readonly pid: number;
  readonly name: string;
  /** When it was created, in the system's own count, rounded to microseconds: tells it from an earlier process with its id. NO_TIME where nobody tells it. */
  readonly creationTime: number;
}

export type WindowsProcesses = ReadonlyMap<number, WindowsProcess>;

/** Whether two processes with one id are the same, as far as it can be told: without a time the id has to do. */
export function isSameProcess(one: WindowsProcess, other: WindowsProcess | undefined): boolean {
  if (other === undefined) return false;
  return one.creationTime === other.creationTime || one.creationTime === NO_TIME || other.creationTime === NO_TIME;
}

const INFORMATION = LAYOUTS.SYSTEM_PROCESS_INFORMATION;
const ENTRY = LAYOUTS.PROCESSENTRY32W;
/** The units of szExeFile; the struct has some bytes behind them that mean nothing. */
const ENTRY_NAME_END = ENTRY.fields.szExeFile + MAX_PATH * Uint16Array.BYTES_PER_ELEMENT;

/**
 * The list of SYSTEM_PROCESS_INFORMATION records in `bytes`, each with the distance to the next. Names stand behind the
 * records and are pointed at, so `address`, where the bytes stood in memory, is needed to find them.
 * Throws a PartFailure `malformed` for whatever points outside the bytes.
 */
export function decodeProcessList(bytes: Uint8Array, address: bigint): Map<number, WindowsProcess> {
  const processes = new Map<number, WindowsProcess>();
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const { fields, size } = INFORMATION;
  let record = 0;
  let distance: number;
  do {
    if (record + size > bytes.byteLength) throw malformed(`the record at ${record} goes beyond the end`, bytes);
    const pid = view.getUint32(record + fields.UniqueProcessId, true);
    const creationTime = Number(view.getBigInt64(record + fields.CreateTime, true));
    addProcess(processes, { pid, name: imageName(view, bytes, record, address), creationTime });
    distance = view.getUint32(record + fields.NextEntryOffset, true);
    // Records do not overlap; and a list that went on in smaller steps could take hours to reach its end.
    if (distance !== 0 && distance < size) throw malformed(`the next record starts inside the one at ${record}`, bytes);
    record += distance;
  } while (distance !== 0);
  return processes;
}

/** Adds what one PROCESSENTRY32W says. */
export function decodeProcessEntry(bytes: Uint8Array, processes: Map<number, WindowsProcess>): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, ENTRY.size);
  const name = decodeUtf16(bytes.subarray(ENTRY.fields.szExeFile, ENTRY_NAME_END));
  const end = name.indexOf('\0');
  const pid = view.getUint32(ENTRY.fields.th32ProcessID, true);
  addProcess(processes, { pid, name: end < 0 ? name : name.slice(0, end), creationTime: NO_TIME });
}

function imageName(view: DataView, bytes: Uint8Array, record: number, address: bigint): string {
  const length = view.getUint16(record + INFORMATION.fields['ImageName.Length'], true);
  if (length === 0) return '';
  const start = view.getBigUint64(record + INFORMATION.fields['ImageName.Buffer'], true) - address;
  if (start < 0n || start + BigInt(length) > bytes.byteLength) {
    throw malformed(`the name in the record at ${record} is outside`, bytes);
  }
  return decodeUtf16(bytes.subarray(Number(start), Number(start) + length));
}

/** Process id 0 is no process but idle time, and the mark of endpoints without an owner. A process without a name stays unknown. */
function addProcess(processes: Map<number, WindowsProcess>, process: WindowsProcess): void {
  if (process.pid !== NO_PID && process.name !== '') processes.set(process.pid, process);
}

function malformed(what: string, bytes: Uint8Array): PartFailure {
  return new PartFailure('malformed', `SYSTEM_PROCESS_INFORMATION: ${what} of the ${bytes.byteLength} bytes returned`);
}
