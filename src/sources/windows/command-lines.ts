// Reading the command line of one process, with the least access that Windows wants for it.

import koffi from 'koffi';
import type { Kernel32 } from './bindings.ts';
import { callFailure } from './call-failure.ts';
import {
  ERROR_ACCESS_DENIED,
  ERROR_INVALID_PARAMETER,
  PROCESS_COMMAND_LINE_INFORMATION_CLASS,
  PROCESS_QUERY_LIMITED_INFORMATION,
  STATUS_INFO_LENGTH_MISMATCH,
  STATUS_PROCESS_IS_TERMINATING,
  STATUS_SUCCESS,
} from './codes.ts';
import { decodeCommandLine } from './command-line-decoder.ts';
import { NO_TIME, type WindowsProcess } from './process-decoder.ts';
import type { Windows } from './windows.ts';

const NOT_INHERITED = 0;
const OPENING = 'OpenProcess(PROCESS_QUERY_LIMITED_INFORMATION)';
const QUERY = 'NtQueryInformationProcess(ProcessCommandLineInformation)';
const ADVICE = 'run the exporter as LocalSystem, or in the account of the process';

/**
 * The command line as the process was started with it. Undefined: the process has ended since it was listed.
 * Throws a PartFailure where Windows does not tell it.
 */
export function readCommandLine(windows: Windows, process: WindowsProcess): string | undefined {
  const { kernel32 } = windows;
  const handle = kernel32.openProcess(PROCESS_QUERY_LIMITED_INFORMATION, NOT_INHERITED, process.pid);
  if (handle === 0) {
    const code = kernel32.getLastError();
    if (code === ERROR_INVALID_PARAMETER) return undefined;
    throw callFailure(kernel32, OPENING, code, code === ERROR_ACCESS_DENIED ? ADVICE : undefined);
  }
  try {
    return isListed(kernel32, handle, process) ? queryCommandLine(windows, handle) : undefined;
  } finally {
    kernel32.closeHandle(handle);
  }
}

/**
 * Whether the process that was opened is the one that was listed, not a later one with its id. What is learnt of a
 * process is kept while it runs, so that a mistake would be, too: that is worth a call. From now on the handle keeps the id.
 */
function isListed(kernel32: Kernel32, handle: number, { creationTime }: WindowsProcess): boolean {
  if (creationTime === NO_TIME) return true;
  const time = () => new BigUint64Array(1);
  const creation = time();
  if (kernel32.getProcessTimes(handle, creation, time(), time(), time()) === 0) {
    throw callFailure(kernel32, 'GetProcessTimes', kernel32.getLastError());
  }
  return Number(creation[0]) === creationTime;
}

function queryCommandLine({ ntdll, kernel32, buffer }: Windows, handle: number): string | undefined {
  const answer = buffer.fill(
    (words, size) =>
      ntdll.queryInformationProcess(handle, PROCESS_COMMAND_LINE_INFORMATION_CLASS, words, words.byteLength, size),
    STATUS_INFO_LENGTH_MISMATCH,
  );
  // An id outlives its process while anybody holds a handle of it.
  if (answer.code === STATUS_PROCESS_IS_TERMINATING) return undefined;
  if (answer.code !== STATUS_SUCCESS) throw callFailure(kernel32, QUERY, answer.code, answer.gaveUp);
  const { words, byteLength } = answer;
  return decodeCommandLine(new Uint8Array(words.buffer, 0, byteLength), koffi.address(words));
}
