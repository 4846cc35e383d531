// Installing the service, or bringing the one that is there to what it is to be.

import { PartFailure } from '../../sources/parts.ts';
import type { ServiceLibraries } from '../libraries.ts';
import * as codes from './codes.ts';
import { programName } from './command-line.ts';
import { configDifference, describeChanges, type ServiceConfig } from './config.ts';
import type { Service } from './service.ts';
import type { Done, ServiceDefinition } from './service-definition.ts';
import { ServiceManager } from './service-manager.ts';
import type { Setting } from './settings.ts';
import { refuseVariables } from './variables.ts';
import { wantedConfig, wantedSettings } from './wanted.ts';

/** SERVICE_START is asked of whoever sets that a service is restarted (ChangeServiceConfig2W function). */
const ACCESS = codes.SERVICE_QUERY_CONFIG | codes.SERVICE_CHANGE_CONFIG | codes.SERVICE_START;

/**
 * Creates the service, or changes what differs and nothing else; a service that runs goes on as it was until it starts
 * anew. Throws a ConfigError for a definition that cannot be, and a PartFailure for what Windows refuses. A service of that
 * name that starts another program is not touched.
 */
export function installService(definition: ServiceDefinition, libraries: ServiceLibraries): Done {
  const config = wantedConfig(definition);
  const settings = wantedSettings(definition);
  refuseVariables(config.commandLine, libraries);
  using manager = new ServiceManager(libraries, codes.SC_MANAGER_CONNECT | codes.SC_MANAGER_CREATE_SERVICE);
  using existing = manager.find(definition.name, ACCESS);
  if (existing !== undefined) return bringTo(existing, config, settings);
  using created = manager.create(definition.name, config, ACCESS);
  const failures = settings.map((setting) => created.set(setting)).filter((failure) => failure !== undefined);
  return {
    changes: [`the service ${definition.name} is installed: ${config.commandLine}`],
    problems: failures.map(({ message }) => message),
  };
}

function bringTo(service: Service, wanted: ServiceConfig, settings: readonly Setting[]): Done {
  const before = service.config();
  refuseForeign(service.name, before, wanted);
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

/** By the program's file name alone: our own may have been installed from another folder. */
function refuseForeign(name: string, current: ServiceConfig, wanted: ServiceConfig): void {
  if (programName(current.commandLine) === programName(wanted.commandLine)) return;
  throw new PartFailure(
    'foreign',
    `the service ${name} is another program's and was left as it is: ${current.commandLine}; if nobody needs it, remove it with: sc.exe delete ${name}`,
  );
}
