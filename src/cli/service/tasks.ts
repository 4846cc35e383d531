// What the service commands ask of Windows. They are done in a worker: koffi's binary is let go of when that ends, and can be deleted.

import { systemLibraries } from '../../sources/windows/libraries.ts';
import { addEventSource, removeEventSource } from '../../windows-service/event-log/event-source.ts';
import { type FirewallRule, removeFirewallRule, setFirewallRule } from '../../windows-service/firewall/rule.ts';
import { deleteAtRestart } from '../../windows-service/managing/delete-at-restart.ts';
import { checkInstallation, installService } from '../../windows-service/managing/install.ts';
import { programFilesFolder } from '../../windows-service/managing/program-files.ts';
import { queryService } from '../../windows-service/managing/query.ts';
import type { Done, ServiceDefinition } from '../../windows-service/managing/service-definition.ts';
import { startService } from '../../windows-service/managing/start.ts';
import { stopService } from '../../windows-service/managing/stop.ts';
import { uninstallService } from '../../windows-service/managing/uninstall.ts';
import { FIREWALL_RULE, SERVICE } from './definition.ts';

/** By name; arguments and results can be sent between threads. They throw PartFailures. */
export const TASKS = {
  look: () => {
    const libraries = systemLibraries();
    return { programFiles: programFilesFolder(libraries), service: queryService(SERVICE.name, libraries) };
  },
  start: () => startService(SERVICE.name, systemLibraries()),
  stop: () => stopService(SERVICE.name, systemLibraries()),
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
    const wasThere = removeEventSource(SERVICE.name, libraries);
    return { changes: [...changes, ...(wasThere ? [`the event source ${SERVICE.name} is removed`] : [])], problems };
  },
  setFirewallRule: (rule: FirewallRule) => setFirewallRule(rule, systemLibraries()),
  removeFirewallRule: () =>
    removeFirewallRule(FIREWALL_RULE, SERVICE.name, systemLibraries())
      ? [`the firewall rule ${FIREWALL_RULE} is removed`]
      : [],
  deleteAtRestart: (path: string) => deleteAtRestart(path, systemLibraries()),
};
