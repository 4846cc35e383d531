// `netstat-exporter service configure`, for packages that make the service themselves: all else that `service install` sees to.

import { ConfigError, reasonOf } from '../../config/error.ts';
import { programPath } from '../../windows-service/managing/command-line.ts';
import { checkOptions } from './checked-options.ts';
import { SERVICE, serviceArguments } from './definition.ts';
import { bringFirewallTo, EXIT_WITHOUT_RULE, wantedRule } from './firewall.ts';
import type { InstallFlags } from './install.ts';
import { installedFlags } from './installed-options.ts';
import { privateFolder, shutFolder } from './private-folder.ts';
import { isSamePath, runningProgram } from './program-folder.ts';
import { say, warn } from './say.ts';
import { askWindows, tried } from './windows.ts';

/** Rejects with one line. The event log has it, too: nobody sees what this says while a package is installed. */
export async function configure(given: InstallFlags): Promise<void> {
  try {
    const problems = await bringToWanted(given);
    warn(problems);
    const type = process.exitCode === EXIT_WITHOUT_RULE ? 'error' : 'warning';
    if (problems.length > 0) await tried(askWindows('report', problems.join('\n'), type));
  } catch (error) {
    await tried(askWindows('report', reasonOf(error), 'error'));
    throw error;
  }
}

/** Gives what is not as it should be, though the service works without. */
async function bringToWanted(given: InstallFlags): Promise<readonly string[]> {
  const folder = privateFolder(given.privateFolder);
  const { service } = await askWindows('look');
  const program = runningProgram();
  if (service === undefined || !isSamePath(programPath(service.commandLine), program)) {
    const found = service === undefined ? 'is not installed' : `is another program's: ${service.commandLine}`;
    throw new ConfigError(
      `service configure: the service ${SERVICE.name} ${found}; allowed: one that starts ${program}; service install makes one`,
    );
  }
  const flags = installedFlags(service.commandLine);
  const definition = { ...SERVICE, executable: program, args: serviceArguments(flags) };
  const { config, notes } = await checkOptions(flags);
  const rule = wantedRule(given.firewall, program, config);
  await askWindows('check', definition);
  const shut = await shutFolder(folder);
  const { changes, problems } = await askWindows('install', definition);
  const firewall = await bringFirewallTo(rule);
  const all = [...shut, ...changes, ...firewall.changes];
  say(all.length === 0 ? [`the service ${SERVICE.name} is configured like this already`] : all);
  return [...notes, ...problems, ...firewall.problems];
}
