// Where programs are installed: the folder for programs of 64 bits, as the registry has it.

import { loadAdvapi32, loadKernel32 } from '../../sources/windows/bindings.ts';
import { callFailure } from '../../sources/windows/call-failure.ts';
import {
  HKEY_LOCAL_MACHINE,
  MAX_PATH,
  NO_ERROR,
  RRF_RT_REG_SZ,
  RRF_SUBKEY_WOW6464KEY,
} from '../../sources/windows/codes.ts';
import type { WindowsLibraries } from '../../sources/windows/libraries.ts';
import { decodeUtf16, wideString } from '../../sources/windows/utf16.ts';

const KEY = 'SOFTWARE\\Microsoft\\Windows\\CurrentVersion';
const VALUE = 'ProgramFilesDir';

/**
 * `C:\Program Files`, on whatever drive it is. From the registry, since whoever starts the program makes its environment.
 * Throws a PartFailure when the registry does not tell.
 */
export function programFilesFolder(libraries: Pick<WindowsLibraries, 'advapi32' | 'kernel32'>): string {
  const path = new Uint8Array(MAX_PATH * Uint16Array.BYTES_PER_ELEMENT);
  const size = Uint32Array.of(path.byteLength);
  const flags = RRF_RT_REG_SZ | RRF_SUBKEY_WOW6464KEY;
  const { getRegistryValue } = loadAdvapi32(libraries.advapi32);
  const [key, value] = [wideString(KEY), wideString(VALUE)];
  const code = getRegistryValue(HKEY_LOCAL_MACHINE, key, value, flags, null, path, size);
  if (code !== NO_ERROR) {
    throw callFailure(loadKernel32(libraries.kernel32), `RegGetValueW(HKLM\\${KEY}, ${VALUE})`, code);
  }
  return untilNul(decodeUtf16(path.subarray(0, size[0])));
}

function untilNul(text: string): string {
  return text.split('\0', 1)[0] ?? '';
}
