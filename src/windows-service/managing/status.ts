// What a service does at the moment: SERVICE_STATUS_PROCESS.

import * as codes from '../codes.ts';
import { SERVICE_LAYOUTS } from '../layouts.ts';
import type { StructReader } from '../structs.ts';

const STATUS = SERVICE_LAYOUTS.SERVICE_STATUS_PROCESS.fields;

const STATES = {
  [codes.SERVICE_STOPPED]: 'stopped',
  [codes.SERVICE_START_PENDING]: 'starting',
  [codes.SERVICE_STOP_PENDING]: 'stopping',
  [codes.SERVICE_RUNNING]: 'running',
  [codes.SERVICE_CONTINUE_PENDING]: 'continuing',
  [codes.SERVICE_PAUSE_PENDING]: 'pausing',
  [codes.SERVICE_PAUSED]: 'paused',
} as const;

export type ServiceState = (typeof STATES)[keyof typeof STATES] | 'unknown';

export interface ServiceStatus {
  readonly state: ServiceState;
  /** Undefined without a process. */
  readonly pid: number | undefined;
  /** Whether it has run since it was installed, or since Windows was started. */
  readonly hasRun: boolean;
  /** Of the last end: 0, a code of Windows (ERROR_SERVICE_NEVER_STARTED, 1077, before the first start), or ERROR_SERVICE_SPECIFIC_ERROR when serviceExitCode tells. */
  readonly exitCode: number;
  /** What the program itself said at its last end; undefined when it said nothing. */
  readonly serviceExitCode: number | undefined;
}

/** Reads a SERVICE_STATUS_PROCESS. */
export function decodeStatus(struct: StructReader): ServiceStatus {
  const exitCode = struct.number(STATUS.dwWin32ExitCode);
  const isSpecific = exitCode === codes.ERROR_SERVICE_SPECIFIC_ERROR;
  return {
    state: stateName(struct.number(STATUS.dwCurrentState)),
    pid: struct.number(STATUS.dwProcessId) || undefined,
    hasRun: exitCode !== codes.ERROR_SERVICE_NEVER_STARTED,
    exitCode,
    serviceExitCode: isSpecific ? struct.number(STATUS.dwServiceSpecificExitCode) : undefined,
  };
}

function stateName(state: number): ServiceState {
  const names: Readonly<Record<number, ServiceState>> = STATES;
  return names[state] ?? 'unknown';
}
