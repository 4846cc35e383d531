// The sizes and offsets in bytes of COM's structs, and of the methods of its first interface.
//
// Each name is that of a C struct (64-bit layout), each field that of its member, so that a compiler can check the table.
// A …Vtbl is the table of functions that an interface pointer points to a pointer to: eight bytes for each method, those of
// the interfaces that it inherits from first.

import type { Layout } from '../layouts.ts';

export const COM_LAYOUTS = {
  // GUID structure (guiddef.h)
  GUID: {
    size: 16,
    fields: { Data1: 0, Data2: 4, Data3: 6, Data4: 8 },
  },
  // VARIANT structure (oaidl.h): `vt` says which of the others, all in one place, holds the value
  VARIANT: {
    size: 24,
    fields: { vt: 0, iVal: 8, uiVal: 8, lVal: 8, ulVal: 8, bstrVal: 8 },
  },
  // IUnknown interface (unknwn.h)
  IUnknownVtbl: {
    size: 24,
    fields: { Release: 16 },
  },
} as const satisfies Record<string, Layout>;
