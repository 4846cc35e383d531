// `netstat-exporter service configure --remove`: what `service configure` has added goes; the service itself does not.

import { programPath } from '../../windows-service/managing/command-line.ts';
import type { Done } from '../../windows-service/managing/service-definition.ts';
import { SERVICE } from './definition.ts';
import { deleteEmptyConfig } from './empty-config.ts';
import { isSamePath, runningProgram } from './program-folder.ts';
import { say, warn } from './say.ts';
import { askWindows, tried } from './windows.ts';

/** What is not there is no failure. `emptyConfig` is a file that goes if nothing is set in it. Rejects with one line where Windows refuses. */
export async function removeConfigured(emptyConfig: string | undefined): Promise<void> {
  const { changes, problems } = await removeAdded();
  const file = emptyConfig === undefined ? [] : await deleteEmptyConfig(emptyConfig);
  const all = [...changes, ...file];
  say(all.length === 0 ? ['there was nothing to remove'] : all);
  warn(problems);
}

/** Another program's service needs its event source and its firewall rule. */
async function removeAdded(): Promise<Done> {
  const { service } = await askWindows('look');
  if (service !== undefined && !isSamePath(programPath(service.commandLine), runningProgram())) {
    const whose = `the service ${SERVICE.name} is another program's: ${service.commandLine}`;
    return { changes: [], problems: [`${whose}; its event source and its firewall rule stay`] };
  }
  const changes = await askWindows('removeEventSource');
  const firewall = await tried(askWindows('removeFirewallRule'));
  return { changes: [...changes, ...firewall.changes], problems: firewall.problems };
}
