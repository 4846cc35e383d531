// Reading the Windows services that run, by the process that hosts them: EnumServicesStatusExW.

import koffi from 'koffi';
import { callFailure } from './call-failure.ts';
import {
  ERROR_MORE_DATA,
  SC_ENUM_PROCESS_INFO,
  SC_MANAGER_ENUMERATE_SERVICE,
  SERVICE_ACTIVE,
  SERVICE_WIN32,
} from './codes.ts';
import { decodeServices } from './service-decoder.ts';
import type { Windows } from './windows.ts';

/** The most that one call takes (EnumServicesStatusExW function). */
const CALL_BYTES = 256 * 1024;
/** 16 MiB of services: no host has them. Wine returns the same ones for ever. */
const MAX_CALLS = 64;

const MANAGER = 'OpenSCManagerW(SC_MANAGER_ENUMERATE_SERVICE)';
const ENUMERATION = 'EnumServicesStatusExW(SERVICE_WIN32, SERVICE_ACTIVE)';

/** The names of the services in each process, sorted. */
export type ServicesByPid = ReadonlyMap<number, readonly string[]>;

/** Those that the caller may see: Windows leaves out the others and says nothing. Throws a PartFailure. */
export function listServices({ advapi32, kernel32 }: Windows): ServicesByPid {
  const manager = advapi32.openServiceManager(null, null, SC_MANAGER_ENUMERATE_SERVICE);
  if (manager === 0) throw callFailure(kernel32, MANAGER, kernel32.getLastError());
  try {
    return enumerateServices({ advapi32, kernel32 }, manager);
  } finally {
    advapi32.closeServiceHandle(manager);
  }
}

function enumerateServices(
  { advapi32, kernel32 }: Pick<Windows, 'advapi32' | 'kernel32'>,
  manager: number,
): ServicesByPid {
  const services = new Map<number, Set<string>>();
  const bytes = new Uint8Array(CALL_BYTES);
  const [needed, returned, resume] = [new Uint32Array(1), new Uint32Array(1), new Uint32Array(1)];
  for (let calls = 0; calls < MAX_CALLS; calls++) {
    const isLast =
      advapi32.enumServicesStatus(
        manager,
        SC_ENUM_PROCESS_INFO,
        SERVICE_WIN32,
        SERVICE_ACTIVE,
        bytes,
        bytes.byteLength,
        needed,
        returned,
        resume,
        null,
      ) !== 0;
    const code = kernel32.getLastError();
    if (!isLast && code !== ERROR_MORE_DATA) throw callFailure(kernel32, ENUMERATION, code);
    const count = returned[0] ?? 0;
    decodeServices(bytes, koffi.address(bytes), count, services);
    if (isLast) return sorted(services);
    if (count === 0) throw callFailure(kernel32, ENUMERATION, code, `not even one fits into ${CALL_BYTES} bytes`);
  }
  throw callFailure(kernel32, ENUMERATION, ERROR_MORE_DATA, `given up after ${MAX_CALLS} calls`);
}

function sorted(services: ReadonlyMap<number, ReadonlySet<string>>): ServicesByPid {
  return new Map([...services].map(([pid, names]) => [pid, [...names].sort()]));
}
