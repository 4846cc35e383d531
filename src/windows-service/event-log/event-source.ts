// The exporter as a source of events in the registry: it tells the event viewer which file has the texts of its events.

import { type Advapi32, type Kernel32, loadAdvapi32, loadKernel32 } from '../../sources/windows/bindings.ts';
import { callFailure } from '../../sources/windows/call-failure.ts';
import {
  ERROR_ACCESS_DENIED,
  HKEY_LOCAL_MACHINE,
  NO_ERROR,
  RRF_SUBKEY_WOW6464KEY,
} from '../../sources/windows/codes.ts';
import { wideString } from '../../sources/windows/utf16.ts';
import { ERROR_FILE_NOT_FOUND } from '../codes.ts';
import type { ServiceLibraries } from '../libraries.ts';
import { loadRegistryFunctions, type RegistryFunctions } from './bindings.ts';
import {
  EVENTLOG_ERROR_TYPE,
  EVENTLOG_INFORMATION_TYPE,
  EVENTLOG_WARNING_TYPE,
  KEY_SET_VALUE,
  KEY_WOW64_64KEY,
  REG_DWORD,
  REG_EXPAND_SZ,
  REG_OPTION_NON_VOLATILE,
  RRF_NOEXPAND,
  RRF_RT_REG_DWORD,
  RRF_RT_REG_EXPAND_SZ,
} from './codes.ts';

/** The sources of the log Application ("Event Sources", Windows documentation). */
const SOURCES = 'SYSTEM\\CurrentControlSet\\Services\\EventLog\\Application';
/**
 * Its texts 1 to 1000 are just what the event brings along (`%1`), as the program itself writes events of any text. Of the
 * system's DLLs none has such texts: that of netmsg.dll, 3299, has nine places and a full stop (NELOG_OEM_Code, lmerrlog.h).
 */
const MESSAGE_FILE = '%SystemRoot%\\System32\\EventCreate.exe';

interface RegistryValue {
  readonly name: string;
  readonly type: number;
  /** The flags with which RegGetValueW gives that type, and as it stands there. */
  readonly flags: number;
  readonly data: Uint8Array;
}

const VALUES: readonly RegistryValue[] = [
  {
    name: 'EventMessageFile',
    type: REG_EXPAND_SZ,
    flags: RRF_RT_REG_EXPAND_SZ | RRF_NOEXPAND,
    data: bytesOf(wideString(MESSAGE_FILE)),
  },
  {
    name: 'TypesSupported',
    type: REG_DWORD,
    flags: RRF_RT_REG_DWORD,
    data: bytesOf(Uint32Array.of(EVENTLOG_ERROR_TYPE | EVENTLOG_WARNING_TYPE | EVENTLOG_INFORMATION_TYPE)),
  },
];

/** Registers the source, or sets right what is there of it. False: it was so already. Throws a PartFailure. */
export function addEventSource(source: string, libraries: ServiceLibraries): boolean {
  const advapi32 = loadAdvapi32(libraries.advapi32);
  const kernel32 = loadKernel32(libraries.kernel32);
  const wrong = VALUES.filter((value) => !hasValue(advapi32, source, value));
  if (wrong.length === 0) return false;
  setValues(loadRegistryFunctions(libraries.advapi32), kernel32, source, wrong);
  return true;
}

/** False: there was none. Throws a PartFailure. */
export function removeEventSource(source: string, libraries: ServiceLibraries): boolean {
  const kernel32 = loadKernel32(libraries.kernel32);
  const key = keyOf(source);
  const { deleteKey } = loadRegistryFunctions(libraries.advapi32);
  const code = deleteKey(HKEY_LOCAL_MACHINE, wideString(key), KEY_WOW64_64KEY, 0);
  if (code === ERROR_FILE_NOT_FOUND) return false;
  throwFailure(kernel32, `RegDeleteKeyExW(HKEY_LOCAL_MACHINE\\${key})`, code);
  return true;
}

function hasValue({ getRegistryValue }: Advapi32, source: string, { name, flags, data }: RegistryValue): boolean {
  const present = new Uint8Array(data.byteLength);
  const size = Uint32Array.of(present.byteLength);
  const view = flags | RRF_SUBKEY_WOW6464KEY;
  const [key, value] = [wideString(keyOf(source)), wideString(name)];
  const code = getRegistryValue(HKEY_LOCAL_MACHINE, key, value, view, null, present, size);
  return code === NO_ERROR && Buffer.compare(present, data) === 0;
}

function setValues(
  registry: RegistryFunctions,
  kernel32: Kernel32,
  source: string,
  values: readonly RegistryValue[],
): void {
  const key = keyOf(source);
  const opened = new BigUint64Array(1);
  const access = KEY_SET_VALUE | KEY_WOW64_64KEY;
  const path = wideString(key);
  const code = registry.createKey(
    HKEY_LOCAL_MACHINE,
    path,
    0,
    null,
    REG_OPTION_NON_VOLATILE,
    access,
    null,
    opened,
    null,
  );
  throwFailure(kernel32, `RegCreateKeyExW(HKEY_LOCAL_MACHINE\\${key})`, code);
  const handle = opened[0] ?? 0n;
  try {
    for (const { name, type, data } of values) {
      const result = registry.setValue(handle, wideString(name), 0, type, data, data.byteLength);
      throwFailure(kernel32, `RegSetValueExW(HKEY_LOCAL_MACHINE\\${key}, ${name})`, result);
    }
  } finally {
    registry.closeKey(handle);
  }
}

function throwFailure(kernel32: Kernel32, call: string, code: number): void {
  if (code === NO_ERROR) return;
  const note = code === ERROR_ACCESS_DENIED ? 'run this as an administrator' : undefined;
  throw callFailure(kernel32, call, code, note);
}

function keyOf(source: string): string {
  return `${SOURCES}\\${source}`;
}

function bytesOf({ buffer }: Uint16Array | Uint32Array): Uint8Array {
  return new Uint8Array(buffer);
}
