// The sizes and offsets in bytes of the structs that a service hands over (64-bit layout), by their C names.

import type { Layout } from '../../sources/windows/layouts.ts';

export const RUNNING_LAYOUTS = {
  // SERVICE_STATUS structure (winsvc.h)
  SERVICE_STATUS: {
    size: 28,
    fields: {
      dwServiceType: 0,
      dwCurrentState: 4,
      dwControlsAccepted: 8,
      dwWin32ExitCode: 12,
      dwServiceSpecificExitCode: 16,
      dwCheckPoint: 20,
      dwWaitHint: 24,
    },
  },
  // SERVICE_TABLE_ENTRYW structure (winsvc.h)
  SERVICE_TABLE_ENTRYW: {
    size: 16,
    fields: { lpServiceName: 0, lpServiceProc: 8 },
  },
} as const satisfies Record<string, Layout>;
