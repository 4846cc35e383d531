// What a person can do about an error code of the service control manager.

import type { PartFailure } from '../../sources/parts.ts';
import type { Kernel32 } from '../../sources/windows/bindings.ts';
import { callFailure } from '../../sources/windows/call-failure.ts';
import { ERROR_ACCESS_DENIED } from '../../sources/windows/codes.ts';
import {
  ERROR_DEPENDENT_SERVICES_RUNNING,
  ERROR_DUPLICATE_SERVICE_NAME,
  ERROR_FILE_NOT_FOUND,
  ERROR_INVALID_SERVICE_ACCOUNT,
  ERROR_PATH_NOT_FOUND,
  ERROR_SERVICE_DISABLED,
  ERROR_SERVICE_DOES_NOT_EXIST,
  ERROR_SERVICE_EXISTS,
  ERROR_SERVICE_MARKED_FOR_DELETE,
  ERROR_SERVICE_REQUEST_TIMEOUT,
} from '../codes.ts';

const NO_PROGRAM = 'the program is not where the command line of the service says';
const NOTES: Readonly<Record<number, string>> = {
  [ERROR_FILE_NOT_FOUND]: NO_PROGRAM,
  [ERROR_PATH_NOT_FOUND]: NO_PROGRAM,
  [ERROR_ACCESS_DENIED]: 'run it as an administrator',
  [ERROR_DEPENDENT_SERVICES_RUNNING]: 'stop the services first that depend on it',
  [ERROR_SERVICE_REQUEST_TIMEOUT]:
    'its process ended at once or did not answer for 30 s: run the same command line in a terminal, and look into the System log of the Event Viewer',
  [ERROR_INVALID_SERVICE_ACCOUNT]: 'Windows does not know the account',
  [ERROR_SERVICE_DISABLED]: 'it is disabled; installing it again enables it',
  [ERROR_SERVICE_DOES_NOT_EXIST]: 'it is not installed',
  [ERROR_SERVICE_MARKED_FOR_DELETE]:
    'it was uninstalled, but a program still has it open: close services.msc, Task Manager and the like, or restart Windows',
  [ERROR_SERVICE_EXISTS]: 'somebody else has installed it at this moment; try again',
  [ERROR_DUPLICATE_SERVICE_NAME]: 'another service is shown under this display name',
};

/** `OpenServiceW(netstat-exporter) failed: 1060 (…); it is not installed`. */
export function serviceFailure(kernel32: Kernel32, call: string, code: number, note = NOTES[code]): PartFailure {
  return callFailure(kernel32, call, code, note);
}
