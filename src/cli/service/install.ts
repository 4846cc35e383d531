// `netstat-exporter service install`: the program, the service, its event source and its firewall rule, as they are asked for.

import { readFile } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { win32 } from 'node:path';
import { relativePaths, withAbsolutePaths } from '../../config/absolute-paths.ts';
import { ConfigError } from '../../config/error.ts';
import type { GivenFlags } from '../../config/flags.ts';
import { loadConfig } from '../../config/load.ts';
import type { Config } from '../../config/options.ts';
import { parseWritten } from '../../config/written.ts';
import { koffiBytes, koffiFileName } from '../../single-file/koffi-file.ts';
import { isSingleFile } from '../../single-file/single-file.ts';
import type { FirewallRule } from '../../windows-service/firewall/rule.ts';
import { parseFirewallSources } from '../../windows-service/firewall/sources.ts';
import { checkConfig } from '../check-config.ts';
import { FIREWALL_RULE, SERVICE, serviceArguments } from './definition.ts';
import { deleteLeftovers, type ProgramFolder, programFolder, putFile, runningProgram } from './program-folder.ts';
import { say, warn } from './say.ts';
import { askWindows, tried } from './windows.ts';

/** All is done but for the firewall rule that was asked for. */
const EXIT_WITHOUT_RULE = 1;

/** `firewall` is from whom the ports may be reached; without it there is to be no rule. Rejects with one line. */
export async function install(flags: GivenFlags, firewall: string | undefined): Promise<void> {
  if (!isSingleFile()) {
    throw new ConfigError('service install: this program runs in a Node.js beside it; allowed: netstat-exporter.exe');
  }
  const args = serviceArguments(flags);
  // The service has the variables of the host, but not those of whoever installs it.
  const config = await loadConfig({ flags: withAbsolutePaths(flags), environment: {} });
  const [relative] = relativePaths(config);
  if (relative !== undefined) {
    throw new ConfigError(
      `${relative}: is a relative path in the configuration file, and Windows starts services in its own folder; allowed: a whole path`,
    );
  }
  const notes = await checkConfig(config);
  const from =
    firewall === undefined ? undefined : parseWritten({ text: firewall, where: '--firewall' }, parseFirewallSources);

  const { programFiles, service } = await askWindows('look');
  const place = programFolder(programFiles, runningProgram());
  const rule = from === undefined ? undefined : firewallRule(place, from, config);
  const definition = { ...SERVICE, executable: place.program, args };
  await askWindows('check', definition);
  const files = await putProgram(place);
  const { changes, problems } = await askWindows('install', definition);
  const firewallDone = await tried(
    rule === undefined ? askWindows('removeFirewallRule') : askWindows('setFirewallRule', rule),
  );
  const all = [...files, ...changes, ...firewallDone.changes];
  say(all.length === 0 ? [`the service ${SERVICE.name} is installed like this already`] : all);
  warn([...notes, ...pathsOfUser(args), ...problems, ...firewallDone.problems]);
  if (rule !== undefined && firewallDone.problems.length > 0) process.exitCode = EXIT_WITHOUT_RULE;
  if (service?.state !== 'running') {
    say([`to start it: net start ${SERVICE.name}`]);
  } else if (files.length + changes.length > 0) {
    const stopped = await askWindows('stop');
    const started = await askWindows('start');
    say([`the service ${SERVICE.name} is running anew`]);
    warn([...stopped.problems, ...started.problems]);
  }
  await deleteLeftovers(place, koffiFileName());
}

/** Files that were found here, but that the account of the service may not be able to read. */
function pathsOfUser(args: readonly string[]): readonly string[] {
  const home = `=${userInfo().homedir}\\`.toLowerCase();
  const ofUser = args.filter((arg) => arg.toLowerCase().includes(home));
  return ofUser.map(
    (arg) => `${arg}: only this user may read there, not the service; take a folder below C:\\ProgramData`,
  );
}

async function putProgram({ folder, program, isOwn }: ProgramFolder): Promise<readonly string[]> {
  const wanted = [
    ...(isOwn ? [{ path: program, content: await readFile(process.execPath) }] : []),
    { path: win32.join(folder, koffiFileName()), content: koffiBytes() },
  ];
  const changes: string[] = [];
  for (const { path, content } of wanted) {
    try {
      if (await putFile(path, content)) changes.push(`${path} is written`);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      throw new Error(`cannot write ${path} (${code}): run this as an administrator`, { cause: error });
    }
  }
  return changes;
}

function firewallRule({ program }: ProgramFolder, from: readonly string[], config: Config): FirewallRule {
  const ports = [...new Set(config['web.listen-address'].map(({ port }) => port))];
  if (ports.includes(0)) {
    throw new ConfigError(
      '--firewall: the port of --web.listen-address is chosen by Windows; allowed: with a port of your own',
    );
  }
  return { name: FIREWALL_RULE, description: SERVICE.description, program, service: SERVICE.name, ports, from };
}
