// What the service commands ask of Windows. They are done in a worker: koffi's binary is let go of when that ends, and can be deleted.

import { systemLibraries } from '../../sources/windows/libraries.ts';
import { EventLog, type EventType } from '../../windows-service/event-log/event-log.ts';
import { addEventSource, removeEventSource } from '../../windows-service/event-log/event-source.ts';
import { type FirewallRule, removeFirewallRule, setFirewallRule } from '../../windows-service/firewall/rule.ts';
import type { ServiceLibraries } from '../../windows-service/libraries.ts';
import { deleteAtRestart } from '../../windows-service/managing/delete-at-restart.ts';
import { checkInstallation, installService } from '../../windows-service/managing/install.ts';
import { packageFolder, programFilesFolder } from '../../windows-service/managing/program-files.ts';
import { queryService } from '../../windows-service/managing/query.ts';
import type { Done, ServiceDefinition } from '../../windows-service/managing/service-definition.ts';
import { startService } from '../../windows-service/managing/start.ts';
import { stopService } from '../../windows-service/managing/stop.ts';
import { uninstallService } from '../../windows-service/managing/uninstall.ts';
import { makePrivate, type PrivateFolder } from '../../windows-service/private-folder/private-folder.ts';
import { FIREWALL_RULE, SERVICE } from './definition.ts';

/** The event log's service may be busy at the time; without it nothing fails. */
const REPORT_TIMEOUT_MS = 5_000;

/** By name; arguments and results can be sent between threads. They throw PartFailures. */
export const TASKS = {
  look: () => {
    const libraries = systemLibraries();
    return {
      programFiles: programFilesFolder(libraries),
      packageFolder: packageFolder(libraries),
      service: queryService(SERVICE.name, libraries),
    };
  },
  start: (executable: string) => startService({ name: SERVICE.name, executable }, systemLibraries()),
  stop: (executable: string) => stopService({ name: SERVICE.name, executable }, systemLibraries()),
  check: (definition: ServiceDefinition) => checkInstallation(definition, systemLibraries()),
  install: (definition: ServiceDefinition): Done => {
    const libraries = systemLibraries();
    const { changes, problems } = installService(definition, libraries);
    const isNew = addEventSource(SERVICE.name, libraries);
    return { changes: [...changes, ...(isNew ? [`the event source ${SERVICE.name} is registered`] : [])], problems };
  },
  uninstall: async (executable: string): Promise<Done> => {
    const libraries = systemLibraries();
    const { changes, problems } = await uninstallService({ name: SERVICE.name, executable }, libraries);
    return { changes: [...changes, ...removeSource(libraries)], problems };
  },
  removeEventSource: () => removeSource(systemLibraries()),
  /** To the event log, as far as there is one. */
  report: async (text: string, type: EventType) => {
    const events = new EventLog(SERVICE.name, systemLibraries());
    events.write(text, type);
    await events.close(REPORT_TIMEOUT_MS);
    return [];
  },
  makePrivate: (folder: PrivateFolder) => makePrivate(folder, systemLibraries()),
  setFirewallRule: (rule: FirewallRule) => setFirewallRule(rule, systemLibraries()),
  removeFirewallRule: () =>
    removeFirewallRule(FIREWALL_RULE, SERVICE.name, systemLibraries())
      ? [`the firewall rule ${FIREWALL_RULE} is removed`]
      : [],
  deleteAtRestart: (path: string) => deleteAtRestart(path, systemLibraries()),
};

function removeSource(libraries: ServiceLibraries): readonly string[] {
  return removeEventSource(SERVICE.name, libraries) ? [`the event source ${SERVICE.name} is removed`] : [];
}
