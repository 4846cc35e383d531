// A text below HKEY_LOCAL_MACHINE, as programs of 64 bits see it.

import { loadAdvapi32, loadKernel32 } from '../../sources/windows/bindings.ts';
import { callFailure } from '../../sources/windows/call-failure.ts';
import {
  HKEY_LOCAL_MACHINE,
  MAX_PATH,
  NO_ERROR,
  RRF_RT_REG_SZ,
  RRF_SUBKEY_WOW6464KEY,
} from '../../sources/windows/codes.ts';
import { decodeUtf16, wideString } from '../../sources/windows/utf16.ts';
import { ERROR_FILE_NOT_FOUND } from '../codes.ts';
import type { ServiceLibraries } from '../libraries.ts';

/** Undefined when there is none. Throws a PartFailure when the registry does not tell, also for a text that is longer than a path. */
export function registryText(key: string, value: string, libraries: ServiceLibraries): string | undefined {
  const text = new Uint8Array(MAX_PATH * Uint16Array.BYTES_PER_ELEMENT);
  const size = Uint32Array.of(text.byteLength);
  const flags = RRF_RT_REG_SZ | RRF_SUBKEY_WOW6464KEY;
  const { getRegistryValue } = loadAdvapi32(libraries.advapi32);
  const code = getRegistryValue(HKEY_LOCAL_MACHINE, wideString(key), wideString(value), flags, null, text, size);
  if (code === ERROR_FILE_NOT_FOUND) return undefined;
  if (code === NO_ERROR) return untilNul(decodeUtf16(text.subarray(0, size[0])));
  throw callFailure(loadKernel32(libraries.kernel32), `RegGetValueW(HKLM\\${key}, ${value})`, code);
}

function untilNul(text: string): string {
  return text.split('\0', 1)[0] ?? '';
}
