// What the service control manager says of one service: OpenServiceW, QueryServiceStatusEx. Wine's `sc` does not tell process ids.
import koffi from 'koffi';

const SC_MANAGER_CONNECT = 1;
const SERVICE_QUERY_STATUS = 4;
const SC_STATUS_PROCESS_INFO = 0;
/** SERVICE_STATUS_PROCESS: the offsets of dwCurrentState, dwWin32ExitCode, dwServiceSpecificExitCode and dwProcessId, and its size. */
const STATUS = { state: 4, exitCode: 12, specificExitCode: 16, pid: 28, size: 36 } as const;
/** By dwCurrentState. */
const STATES = ['unknown', 'stopped', 'start_pending', 'stop_pending', 'running'] as const;

export interface ServiceStatus {
  readonly state: (typeof STATES)[number];
  readonly exitCode: number;
  /** What the service itself gave, where the exit code is ERROR_SERVICE_SPECIFIC_ERROR (1066). */
  readonly specificExitCode: number;
  /** 0 without a process. */
  readonly pid: number;
}

const advapi32 = koffi.load('advapi32.dll');
const openManager = advapi32.func('void *OpenSCManagerW(str16 machine, str16 database, uint32_t access)');
const openService = advapi32.func('void *OpenServiceW(void *manager, str16 name, uint32_t access)');
const queryStatus = advapi32.func(
  'int QueryServiceStatusEx(void *service, int level, void *buffer, uint32_t size, void *needed)',
);
const closeHandle = advapi32.func('int CloseServiceHandle(void *handle)');

/** Throws where there is no such service. */
export function readServiceStatus(name: string): ServiceStatus {
  const manager: bigint | null = openManager(null, null, SC_MANAGER_CONNECT);
  const service: bigint | null = openService(manager, name, SERVICE_QUERY_STATUS);
  const status = Buffer.alloc(STATUS.size);
  const succeeded = queryStatus(service, SC_STATUS_PROCESS_INFO, status, status.length, Buffer.alloc(4));
  for (const handle of [service, manager]) closeHandle(handle);
  if (succeeded === 0) throw new Error(`QueryServiceStatusEx told nothing of ${name}`);
  return {
    state: STATES[status.readUInt32LE(STATUS.state)] ?? 'unknown',
    exitCode: status.readUInt32LE(STATUS.exitCode),
    specificExitCode: status.readUInt32LE(STATUS.specificExitCode),
    pid: status.readUInt32LE(STATUS.pid),
  };
}
