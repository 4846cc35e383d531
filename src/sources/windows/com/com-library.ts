// The functions of COM and its strings that are called, one interface for two DLLs, with the C prototypes that koffi binds.

import type { WindowsLibraries } from '../libraries.ts';
import { type NativeFunction, NativeLibrary } from '../native-library.ts';

/** Those that hold COM. */
export type ComLibraries = Pick<WindowsLibraries, 'ole32' | 'oleaut32'>;

/** Addresses come back as numbers: those of a process have 47 bits on x64. */
export interface ComFunctions {
  /** CoInitializeEx function (combaseapi.h). Returns an HRESULT. */
  readonly coInitializeEx: NativeFunction;
  /** CoUninitialize function (combaseapi.h). Returns nothing. */
  readonly coUninitialize: NativeFunction;
  /** CoCreateInstance function (combaseapi.h). Returns an HRESULT; the last argument is one word for the address. */
  readonly coCreateInstance: NativeFunction;
  /** CoSetProxyBlanket function (combaseapi.h). Returns an HRESULT. */
  readonly coSetProxyBlanket: NativeFunction;
  /** SysAllocString function (oleauto.h). Returns the address of a copy, 0 without memory. */
  readonly sysAllocString: NativeFunction;
  /** SysFreeString function (oleauto.h). Returns nothing. */
  readonly sysFreeString: NativeFunction;
  /** SysStringLen function (oleauto.h). Returns the number of UTF-16 units, 0 for the address 0. */
  readonly sysStringLen: NativeFunction;
  /** VariantClear function (oleauto.h). Returns an HRESULT. */
  readonly variantClear: NativeFunction;
}

export function loadCom({ ole32, oleaut32 }: ComLibraries): ComFunctions {
  const com = new NativeLibrary(ole32);
  const automation = new NativeLibrary(oleaut32);
  return {
    coInitializeEx: com.function('uint32_t __stdcall CoInitializeEx(void *reserved, uint32_t concurrency)'),
    coUninitialize: com.function('void __stdcall CoUninitialize()'),
    coCreateInstance: com.function(
      'uint32_t __stdcall CoCreateInstance(void *class_id, void *outer, uint32_t context, void *interface_id, void *object)',
    ),
    coSetProxyBlanket: com.function(
      'uint32_t __stdcall CoSetProxyBlanket(uintptr_t proxy, uint32_t authentication_service, uint32_t authorization_service, void *principal, uint32_t authentication_level, uint32_t impersonation_level, void *identity, uint32_t capabilities)',
    ),
    sysAllocString: automation.function('uintptr_t __stdcall SysAllocString(void *text)'),
    sysFreeString: automation.function('void __stdcall SysFreeString(uintptr_t string)'),
    sysStringLen: automation.function('uint32_t __stdcall SysStringLen(uintptr_t string)'),
    variantClear: automation.function('uint32_t __stdcall VariantClear(void *variant)'),
  };
}
