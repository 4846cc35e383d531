// Stopping the service.

import * as codes from '../codes.ts';
import type { ServiceLibraries } from '../libraries.ts';
import { refuseForeign } from './foreign.ts';
import type { Service } from './service.ts';
import { type Done, NOTHING_DONE, type ServiceProgram } from './service-definition.ts';
import { ServiceManager } from './service-manager.ts';
import { type Patience, tookTooLong, until } from './wait.ts';

/** As long as Windows itself gives a service. */
const PATIENCE: Patience = { limitMs: 30_000, pollMs: 100 };

const ACCESS = codes.SERVICE_STOP | codes.SERVICE_QUERY_STATUS | codes.SERVICE_QUERY_CONFIG;

/**
 * Waits until the service has stopped and its process has ended; empty if it did not run. Rejects with a PartFailure when it
 * takes too long. One of that name that starts another program is not touched.
 */
export async function stopService(
  { name, executable }: ServiceProgram,
  libraries: ServiceLibraries,
  patience: Patience = PATIENCE,
): Promise<Done> {
  using manager = new ServiceManager(libraries, codes.SC_MANAGER_CONNECT);
  using service = manager.open(name, ACCESS);
  refuseForeign(name, service.config().commandLine, executable);
  return await stop(service, patience);
}

/** The same with a service that was opened with the rights SERVICE_STOP and SERVICE_QUERY_STATUS. */
export async function stop(service: Service, patience: Patience = PATIENCE): Promise<Done> {
  const before = service.status();
  if (before.state === 'stopped') return NOTHING_DONE;
  let { pid } = before;
  let isTold = false;
  const isStopped = await until(() => {
    const status = service.status();
    if (status.state === 'stopped') return true;
    pid = status.pid ?? pid;
    if (status.state !== 'stopping' && !isTold) isTold = service.stop();
    return undefined;
  }, patience);
  if (!isStopped) throw tookTooLong(`the service ${service.name} has not stopped`, patience);
  const hasEnded = await until(() => (isThere(pid) ? undefined : true), patience);
  const problems = hasEnded ? [] : [`the process ${pid} of the service ${service.name} has not ended`];
  return { changes: [`the service ${service.name} is stopped`], problems };
}

/** A service has stopped when it says so; its process has its files open until it ends, a moment later. */
function isThere(pid: number | undefined): boolean {
  if (pid === undefined) return false;
  try {
    // Signal 0 only asks.
    return process.kill(pid, 0);
  } catch (error) {
    // EPERM, as of a process whose user is another: it is there.
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}
