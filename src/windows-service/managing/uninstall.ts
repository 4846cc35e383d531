// Uninstalling the service.

import * as codes from '../codes.ts';
import type { ServiceLibraries } from '../libraries.ts';
import { refuseForeign } from './foreign.ts';
import { type Done, NOTHING_DONE, type ServiceProgram } from './service-definition.ts';
import { ServiceManager } from './service-manager.ts';
import { stop } from './stop.ts';
import { type Patience, until } from './wait.ts';

const ACCESS = codes.DELETE | codes.SERVICE_STOP | codes.SERVICE_QUERY_STATUS | codes.SERVICE_QUERY_CONFIG;
/** A service is gone with the last handle to it; Windows' own go at once. */
const REMOVAL: Patience = { limitMs: 2_000, pollMs: 50 };

/**
 * Stops the service and deletes it; empty if there was none. A problem says when it stays until somebody closes it.
 * Rejects with a PartFailure when it does not stop, or Windows refuses. A service of that name that starts another program
 * is not touched.
 */
export async function uninstallService(
  service: ServiceProgram,
  libraries: ServiceLibraries,
  stopping?: Patience,
  removal: Patience = REMOVAL,
): Promise<Done> {
  using manager = new ServiceManager(libraries, codes.SC_MANAGER_CONNECT);
  const { name } = service;
  const stopped = await stopAndDelete(manager, service, stopping);
  if (stopped === undefined) return NOTHING_DONE;
  const isGone = await until(() => (exists(manager, name) ? undefined : true), removal);
  const stays = `the service ${name} is marked for deletion, but a program still has it open: Windows removes it when services.msc, Task Manager and the like are closed, or with the next restart`;
  return {
    changes: [...stopped.changes, `the service ${name} is uninstalled`],
    problems: [...stopped.problems, ...(isGone ? [] : [stays])],
  };
}

/** Undefined when there is no such service. Its handle is closed at the end: before that it cannot be gone. */
async function stopAndDelete(
  manager: ServiceManager,
  { name, executable }: ServiceProgram,
  patience: Patience | undefined,
): Promise<Done | undefined> {
  using service = manager.find(name, ACCESS);
  if (service === undefined) return undefined;
  refuseForeign(name, service.config().commandLine, executable);
  const stopped = await stop(service, patience);
  service.delete();
  return stopped;
}

function exists(manager: ServiceManager, name: string): boolean {
  using service = manager.find(name, codes.SERVICE_QUERY_STATUS);
  return service !== undefined;
}
