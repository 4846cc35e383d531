// What Windows knows of an installed service.

import * as codes from '../codes.ts';
import type { ServiceLibraries } from '../libraries.ts';
import { startTypeName } from './config.ts';
import { ServiceManager } from './service-manager.ts';
import { DELAYED_AUTO_START } from './settings.ts';
import type { ServiceStatus } from './status.ts';

export interface ServiceInfo extends ServiceStatus {
  readonly displayName: string;
  /** automatic, manual or disabled. */
  readonly startType: string;
  /** Whether the automatic start comes after that of other services; undefined when Windows does not tell. */
  readonly isDelayed: boolean | undefined;
  readonly account: string;
  readonly commandLine: string;
}

/** Undefined when no service has that name. Needs no administrator. Throws a PartFailure for what Windows refuses. */
export function queryService(name: string, libraries: ServiceLibraries): ServiceInfo | undefined {
  using manager = new ServiceManager(libraries, codes.SC_MANAGER_CONNECT);
  using service = manager.find(name, codes.SERVICE_QUERY_CONFIG | codes.SERVICE_QUERY_STATUS);
  if (service === undefined) return undefined;
  const { displayName, startType, account, commandLine } = service.config();
  const delay = service.readSetting(DELAYED_AUTO_START);
  const isDelayed = delay && DELAYED_AUTO_START.decode(delay) !== 0;
  return { ...service.status(), displayName, startType: startTypeName(startType), isDelayed, account, commandLine };
}
