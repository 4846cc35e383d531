// `netstat-exporter service install`: the program, the service, its event source and its firewall rule, as they are asked for.

import { readFile } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { win32 } from 'node:path';
import { withAbsolutePaths } from '../../config/absolute-paths.ts';
import { ConfigError } from '../../config/error.ts';
import type { GivenFlags } from '../../config/flags.ts';
import { koffiBytes, koffiFileName } from '../../single-file/koffi-file.ts';
import { isSingleFile } from '../../single-file/single-file.ts';
import { checkOptions } from './checked-options.ts';
import { SERVICE, serviceArguments } from './definition.ts';
import { bringFirewallTo, wantedRule } from './firewall.ts';
import { refusePackaged } from './packaged.ts';
import { privateFolder, shutFolder } from './private-folder.ts';
import { deleteLeftovers, type ProgramFolder, programFolder, putFile, runningProgram } from './program-folder.ts';
import { say, warn } from './say.ts';
import { askWindows } from './windows.ts';

export interface InstallFlags {
  /** From whom the ports may be reached; without it there is to be no rule. */
  readonly firewall?: string;
  /** A folder that is to be for administrators and the service alone. */
  readonly privateFolder?: string;
}

/** Rejects with one line. */
export async function install(flags: GivenFlags, given: InstallFlags): Promise<void> {
  if (!isSingleFile()) {
    throw new ConfigError('service install: this program runs in a Node.js beside it; allowed: netstat-exporter.exe');
  }
  const args = serviceArguments(flags);
  const folder = privateFolder(given.privateFolder);
  const { config, notes } = await checkOptions(withAbsolutePaths(flags));
  const { programFiles, packageFolder, service } = await askWindows('look');
  refusePackaged('install', packageFolder, service?.commandLine);
  const place = programFolder(programFiles, runningProgram());
  const rule = wantedRule(given.firewall, place.program, config);
  const definition = { ...SERVICE, executable: place.program, args };
  await askWindows('check', definition);
  const shut = await shutFolder(folder);
  const files = await putProgram(place);
  const { changes, problems } = await askWindows('install', definition);
  const firewallDone = await bringFirewallTo(rule);
  const all = [...shut, ...files, ...changes, ...firewallDone.changes];
  say(all.length === 0 ? [`the service ${SERVICE.name} is installed like this already`] : all);
  warn([...notes, ...pathsOfUser(args), ...problems, ...firewallDone.problems]);
  if (service?.state !== 'running') {
    say([`to start it: net start ${SERVICE.name}`]);
  } else if (files.length + changes.length > 0) {
    await startAnew(place.program);
  }
  await deleteLeftovers(place, koffiFileName());
}

async function startAnew(program: string): Promise<void> {
  const stopped = await askWindows('stop', program);
  const started = await askWindows('start', program).catch((error: Error) => {
    throw new Error(`${error.message}; it ran before, and is stopped now`, { cause: error });
  });
  say([`the service ${SERVICE.name} is running anew`]);
  warn([...stopped.problems, ...started.problems]);
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
