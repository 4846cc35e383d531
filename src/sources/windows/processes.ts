// Reading the processes: all of them in one call of NtQuerySystemInformation, or one by one through Toolhelp.

import koffi from 'koffi';
import { PartFailure, type PartNotes } from '../parts.ts';
import type { Kernel32 } from './bindings.ts';
import { callFailure } from './call-failure.ts';
import {
  ERROR_NO_MORE_FILES,
  INVALID_HANDLE_VALUE,
  STATUS_INFO_LENGTH_MISMATCH,
  STATUS_SUCCESS,
  SYSTEM_PROCESS_INFORMATION_CLASS,
  TH32CS_SNAPPROCESS,
} from './codes.ts';
import { LAYOUTS } from './layouts.ts';
import {
  decodeProcessEntry,
  decodeProcessList,
  NO_TIME,
  type WindowsProcess,
  type WindowsProcesses,
} from './process-decoder.ts';
import type { Windows } from './windows.ts';

/** More than any Windows host was seen to run; a Toolhelp snapshot that goes on beyond is taken for endless. */
const MAX_PROCESSES = 100_000;
const ALL_PROCESSES = 0;
const SYSTEM: WindowsProcess = { pid: 4, name: 'System', creationTime: NO_TIME };

const QUERY = 'NtQuerySystemInformation(SystemProcessInformation)';
const SNAPSHOT = 'CreateToolhelp32Snapshot(TH32CS_SNAPPROCESS)';

/**
 * All processes by id. A process id is used again as soon as it is free, so nothing is kept from one read to the next.
 * Throws a PartFailure when neither way leads to them.
 */
export function readProcesses(windows: Windows, notes: PartNotes): WindowsProcesses {
  const processes = readList(windows, notes);
  // Whatever its name in the list, and whether it is there at all: the kernel owns the endpoints of drivers such as http.sys.
  processes.set(SYSTEM.pid, SYSTEM);
  return processes;
}

function readList(windows: Windows, notes: PartNotes): Map<number, WindowsProcess> {
  try {
    return queryProcesses(windows);
  } catch (error) {
    if (!(error instanceof PartFailure)) throw error;
    notes.fallback = `${SNAPSHOT}, because ${error.message}`;
    return snapshotProcesses(windows.kernel32);
  }
}

function queryProcesses({ ntdll, kernel32, buffer }: Windows): Map<number, WindowsProcess> {
  const answer = buffer.fill(
    (words, size) => ntdll.querySystemInformation(SYSTEM_PROCESS_INFORMATION_CLASS, words, words.byteLength, size),
    STATUS_INFO_LENGTH_MISMATCH,
  );
  if (answer.code !== STATUS_SUCCESS) throw callFailure(kernel32, QUERY, answer.code, answer.gaveUp);
  const { words, byteLength } = answer;
  return decodeProcessList(new Uint8Array(words.buffer, 0, byteLength), koffi.address(words));
}

function snapshotProcesses(kernel32: Kernel32): Map<number, WindowsProcess> {
  const snapshot = kernel32.createToolhelp32Snapshot(TH32CS_SNAPPROCESS, ALL_PROCESSES);
  if (snapshot === INVALID_HANDLE_VALUE) throw callFailure(kernel32, SNAPSHOT, kernel32.getLastError());
  try {
    return walkSnapshot(kernel32, snapshot);
  } finally {
    kernel32.closeHandle(snapshot);
  }
}

function walkSnapshot(kernel32: Kernel32, snapshot: number): Map<number, WindowsProcess> {
  const processes = new Map<number, WindowsProcess>();
  const entry = new Uint8Array(LAYOUTS.PROCESSENTRY32W.size);
  new DataView(entry.buffer).setUint32(LAYOUTS.PROCESSENTRY32W.fields.dwSize, entry.byteLength, true);
  // Every host has processes: that there is not even a first one is never just the end of the list.
  if (kernel32.process32First(snapshot, entry) === 0) {
    throw callFailure(kernel32, `Process32FirstW after ${SNAPSHOT}`, kernel32.getLastError());
  }
  for (let count = 1; count <= MAX_PROCESSES; count += 1) {
    decodeProcessEntry(entry, processes);
    if (kernel32.process32Next(snapshot, entry) !== 0) continue;
    const code = kernel32.getLastError();
    if (code === ERROR_NO_MORE_FILES) return processes;
    throw callFailure(kernel32, `Process32NextW after ${SNAPSHOT}`, code);
  }
  throw new PartFailure('malformed', `${SNAPSHOT} has more than ${MAX_PROCESSES} processes`);
}
