// The sizes of WMI's interfaces, and the offsets of the methods that are called, in bytes: as ../com/layouts.ts has them.

import type { Layout } from '../layouts.ts';

export const WMI_LAYOUTS = {
  // IWbemLocator interface (wbemcli.h)
  IWbemLocatorVtbl: {
    size: 32,
    fields: { ConnectServer: 24 },
  },
  // IWbemServices interface (wbemcli.h)
  IWbemServicesVtbl: {
    size: 208,
    fields: { ExecQuery: 160 },
  },
  // IEnumWbemClassObject interface (wbemcli.h)
  IEnumWbemClassObjectVtbl: {
    size: 64,
    fields: { Next: 32 },
  },
  // IWbemClassObject interface (wbemcli.h)
  IWbemClassObjectVtbl: {
    size: 216,
    fields: { Get: 32 },
  },
} as const satisfies Record<string, Layout>;
