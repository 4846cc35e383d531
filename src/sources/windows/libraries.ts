// Where the DLLs are: in the system's own directory, whatever lies beside the program.

import { type Kernel32, loadKernel32 } from './bindings.ts';
import { callFailure } from './call-failure.ts';
import { MAX_PATH } from './codes.ts';
import { decodeUtf16 } from './utf16.ts';

/** File names or paths of the DLLs. An argument only: a flag or an environment variable would be a way to plant a DLL. */
export interface WindowsLibraries {
  readonly iphlpapi: string;
  readonly kernel32: string;
  readonly ntdll: string;
  readonly advapi32: string;
  readonly ole32: string;
  readonly oleaut32: string;
}

/** kernel32.dll is part of every process, so that its bare name can only mean that one. */
const KERNEL32 = 'kernel32.dll';

/**
 * The system's own, by their full paths: a bare name is searched for in the program's folder first. `kernel32` is another
 * one only in tests. Throws a PartFailure when Windows does not say where they are.
 */
export function systemLibraries(kernel32 = KERNEL32): WindowsLibraries {
  const directory = systemDirectory(loadKernel32(kernel32));
  return {
    kernel32,
    iphlpapi: `${directory}\\iphlpapi.dll`,
    ntdll: `${directory}\\ntdll.dll`,
    advapi32: `${directory}\\advapi32.dll`,
    ole32: `${directory}\\ole32.dll`,
    oleaut32: `${directory}\\oleaut32.dll`,
  };
}

function systemDirectory(kernel32: Kernel32): string {
  const path = new Uint16Array(MAX_PATH);
  const units = kernel32.getSystemDirectory(path, path.length);
  if (units === 0 || units > path.length) throw callFailure(kernel32, 'GetSystemDirectoryW', kernel32.getLastError());
  return decodeUtf16(path.subarray(0, units));
}
