// Starting the service.

import { PartFailure } from '../../sources/parts.ts';
import { loadKernel32 } from '../../sources/windows/bindings.ts';
import { NO_ERROR } from '../../sources/windows/codes.ts';
import * as codes from '../codes.ts';
import type { ServiceLibraries } from '../libraries.ts';
import { serviceFailure } from './failures.ts';
import { refuseForeign } from './foreign.ts';
import { type Done, NOTHING_DONE, type ServiceProgram } from './service-definition.ts';
import { ServiceManager } from './service-manager.ts';
import type { ServiceStatus } from './status.ts';
import { type Patience, tookTooLong, until } from './wait.ts';

/** The service control manager itself gives a process 30 s to call it; this is what comes after that. */
const PATIENCE: Patience = { limitMs: 30_000, pollMs: 100 };

const ACCESS = codes.SERVICE_START | codes.SERVICE_QUERY_STATUS | codes.SERVICE_QUERY_CONFIG;

/**
 * Waits until the service runs; empty if it ran. Rejects with a PartFailure when it ends instead, or takes too long. One of
 * that name that starts another program is not touched.
 */
export async function startService(
  { name, executable }: ServiceProgram,
  libraries: ServiceLibraries,
  patience: Patience = PATIENCE,
): Promise<Done> {
  using manager = new ServiceManager(libraries, codes.SC_MANAGER_CONNECT);
  using service = manager.open(name, ACCESS);
  refuseForeign(name, service.config().commandLine, executable);
  if (service.status().state === 'running') return NOTHING_DONE;
  let isStarted = false;
  const status = await until(() => {
    const current = service.status();
    if (current.state === 'running') return current;
    if (current.state !== 'stopped') return undefined;
    // One that is being stopped can start when it has stopped; one that has stopped after that has ended by itself.
    if (isStarted) return current;
    isStarted = service.start();
    return undefined;
  }, patience);
  if (status === undefined) throw tookTooLong(`the service ${name} does not run`, patience);
  if (status.state === 'stopped') throw endedAtStart(name, status, libraries);
  return { changes: [`the service ${name} runs: process ${status.pid}`], problems: [] };
}

function endedAtStart(name: string, status: ServiceStatus, { kernel32 }: ServiceLibraries): PartFailure {
  const call = `starting the service ${name}`;
  const note = 'the Application log of the Event Viewer says why';
  const code = status.serviceExitCode;
  if (status.exitCode === NO_ERROR)
    return new PartFailure('stopped', `${call} failed: somebody has stopped it meanwhile`);
  if (code === undefined) return serviceFailure(loadKernel32(kernel32), call, status.exitCode, note);
  return new PartFailure(String(code), `${call} failed: it ended with its own exit code ${code}; ${note}`);
}
