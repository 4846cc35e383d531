// The functions that write events, and those that change the registry, with the C prototypes that koffi binds.

import type { BackgroundFunction } from '../../sources/windows/background-call.ts';
import type { Kernel32 } from '../../sources/windows/bindings.ts';
import { NativeLibrary } from '../../sources/windows/native-library.ts';

/** All three ask a service, which may be slow or hang: in the background. A 0 is a failure. */
export interface EventLogFunctions {
  /** RegisterEventSourceW function (winbase.h): server, source. Returns a handle. */
  readonly registerSource: BackgroundFunction;
  /** ReportEventW function (winbase.h): log, type, category, event id, user, number of strings, size of the data, strings, data. */
  readonly report: BackgroundFunction;
  /** DeregisterEventSource function (winbase.h): log. */
  readonly deregisterSource: BackgroundFunction;
}

/** Each returns its error code. */
export interface RegistryFunctions {
  /** RegCreateKeyExW function (winreg.h): opens the key, or makes it. `opened` is one word for the handle. */
  createKey(
    key: number,
    subkey: Uint16Array,
    reserved: number,
    className: null,
    options: number,
    access: number,
    security: null,
    opened: BigUint64Array,
    disposition: null,
  ): number;
  /** RegSetValueExW function (winreg.h). */
  setValue(
    key: bigint,
    name: Uint16Array,
    reserved: number,
    type: number,
    data: Uint8Array,
    byteLength: number,
  ): number;
  /** RegDeleteKeyExW function (winreg.h), of a key without subkeys. */
  deleteKey(key: number, subkey: Uint16Array, view: number, reserved: number): number;
  /** RegCloseKey function (winreg.h). */
  closeKey(key: bigint): number;
}

export function loadEventLogFunctions(
  file: string,
  { getLastError }: Pick<Kernel32, 'getLastError'>,
): EventLogFunctions {
  const library = new NativeLibrary(file);
  const background = (prototype: string) => library.backgroundFunction(prototype, getLastError);
  return {
    registerSource: background('intptr_t __stdcall RegisterEventSourceW(void *server, void *source)'),
    report: background(
      'int32_t __stdcall ReportEventW(intptr_t log, uint16_t type, uint16_t category, uint32_t event_id, void *user, uint16_t string_count, uint32_t data_size, void *strings, void *data)',
    ),
    deregisterSource: background('int32_t __stdcall DeregisterEventSource(intptr_t log)'),
  };
}

export function loadRegistryFunctions(file: string): RegistryFunctions {
  const library = new NativeLibrary(file);
  return {
    createKey: library.function(
      'int32_t __stdcall RegCreateKeyExW(intptr_t key, void *subkey, uint32_t reserved, void *class_name, uint32_t options, uint32_t access, void *security, void *opened, void *disposition)',
    ),
    setValue: library.function(
      'int32_t __stdcall RegSetValueExW(intptr_t key, void *name, uint32_t reserved, uint32_t type, void *data, uint32_t byte_length)',
    ),
    deleteKey: library.function(
      'int32_t __stdcall RegDeleteKeyExW(intptr_t key, void *subkey, uint32_t view, uint32_t reserved)',
    ),
    closeKey: library.function('int32_t __stdcall RegCloseKey(intptr_t key)'),
  };
}
