// The sizes and offsets in bytes of the structs of services and of the service control manager, under their C names (64-bit layout).

import type { Layout } from '../sources/windows/layouts.ts';

export const SERVICE_LAYOUTS = {
  // QUERY_SERVICE_CONFIGW structure (winsvc.h)
  QUERY_SERVICE_CONFIGW: {
    size: 64,
    fields: {
      dwServiceType: 0,
      dwStartType: 4,
      dwErrorControl: 8,
      lpBinaryPathName: 16,
      lpDependencies: 40,
      lpServiceStartName: 48,
      lpDisplayName: 56,
    },
  },
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
  // SERVICE_STATUS_PROCESS structure (winsvc.h)
  SERVICE_STATUS_PROCESS: {
    size: 36,
    fields: { dwCurrentState: 4, dwWin32ExitCode: 12, dwServiceSpecificExitCode: 16, dwProcessId: 28 },
  },
  // SERVICE_DESCRIPTIONW structure (winsvc.h)
  SERVICE_DESCRIPTIONW: { size: 8, fields: { lpDescription: 0 } },
  // SERVICE_DELAYED_AUTO_START_INFO structure (winsvc.h)
  SERVICE_DELAYED_AUTO_START_INFO: { size: 4, fields: { fDelayedAutostart: 0 } },
  // SERVICE_SID_INFO structure (winsvc.h)
  SERVICE_SID_INFO: { size: 4, fields: { dwServiceSidType: 0 } },
  // SERVICE_REQUIRED_PRIVILEGES_INFOW structure (winsvc.h)
  SERVICE_REQUIRED_PRIVILEGES_INFOW: { size: 8, fields: { pmszRequiredPrivileges: 0 } },
  // SERVICE_FAILURE_ACTIONSW structure (winsvc.h); lpsaActions points at so many SC_ACTION
  SERVICE_FAILURE_ACTIONSW: { size: 40, fields: { dwResetPeriod: 0, cActions: 24, lpsaActions: 32 } },
  // SC_ACTION structure (winsvc.h); Delay is in milliseconds
  SC_ACTION: { size: 8, fields: { Type: 0, Delay: 4 } },
  // SERVICE_FAILURE_ACTIONS_FLAG structure (winsvc.h)
  SERVICE_FAILURE_ACTIONS_FLAG: { size: 4, fields: { fFailureActionsOnNonCrashFailures: 0 } },
} as const satisfies Record<string, Layout>;
