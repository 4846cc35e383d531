// Installing the service, or bringing the one that is there to what it is to be.

import * as codes from '../codes.ts';
import type { ServiceLibraries } from '../libraries.ts';
import { configDifference, describeChanges, type ServiceConfig } from './config.ts';
import { refuseForeign } from './foreign.ts';
import type { Service } from './service.ts';
import type { Done, ServiceDefinition } from './service-definition.ts';
import { ServiceManager } from './service-manager.ts';
import type { Setting } from './settings.ts';
import { refuseVariables } from './variables.ts';
import { wantedConfig, wantedSettings } from './wanted.ts';

/** SERVICE_START is asked of whoever sets that a service is restarted (ChangeServiceConfig2W function). */
const ACCESS = codes.SERVICE_QUERY_CONFIG | codes.SERVICE_CHANGE_CONFIG | codes.SERVICE_START;

/** Throws what installService would throw before it changes anything. */
export function checkInstallation(definition: ServiceDefinition, libraries: ServiceLibraries): void {
  refuseVariables(wantedConfig(definition).commandLine);
  using manager = new ServiceManager(libraries, codes.SC_MANAGER_CONNECT | codes.SC_MANAGER_CREATE_SERVICE);
  using existing = manager.find(definition.name, ACCESS);
  if (existing !== undefined) refuseForeign(definition.name, existing.config().commandLine, definition.executable);
}

/**
 * Creates the service, or changes what differs and nothing else; a service that runs goes on as it was until it starts
 * anew. Throws a ConfigError for a definition that cannot be, and a PartFailure for what Windows refuses. A service of that
 * name that starts another program is not touched.
 */
export function installService(definition: ServiceDefinition, libraries: ServiceLibraries): Done {
  const config = wantedConfig(definition);
  const settings = wantedSettings(definition);
  refuseVariables(config.commandLine);
  using manager = new ServiceManager(libraries, codes.SC_MANAGER_CONNECT | codes.SC_MANAGER_CREATE_SERVICE);
  using existing = manager.find(definition.name, ACCESS);
  if (existing !== undefined) {
    const before = existing.config();
    refuseForeign(definition.name, before.commandLine, definition.executable);
    return bringTo(existing, before, config, settings);
  }
  using created = manager.create(definition.name, config, ACCESS);
  const failures = settings.map((setting) => created.set(setting)).filter((failure) => failure !== undefined);
  return {
    changes: [`the service ${definition.name} is installed: ${config.commandLine}`],
    problems: failures.map(({ message }) => message),
  };
}

function bringTo(service: Service, before: ServiceConfig, wanted: ServiceConfig, settings: readonly Setting[]): Done {
  const difference = configDifference(before, wanted);
  const changes = describeChanges(difference, before);
  if (changes.length > 0) service.change(difference);
  const problems: string[] = [];
  for (const setting of settings) {
    const current = service.readSetting(setting);
    const isThere = current && setting.isIn(current);
    if (isThere === true) continue;
    const failure = service.set(setting);
    if (failure !== undefined) problems.push(failure.message);
    // What Windows does not tell is set each time, and nobody knows whether that changes anything.
    else if (isThere === false) changes.push(setting.change);
  }
  return { changes, problems };
}
