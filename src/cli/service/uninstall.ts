// `netstat-exporter service uninstall`: nothing of the service is left.

import { deleteUnpacked } from '../../single-file/delete-unpacked.ts';
import type { Done } from '../../windows-service/managing/service-definition.ts';
import { SERVICE } from './definition.ts';
import { refusePackaged } from './packaged.ts';
import {
  deleteFiles,
  installedFolder,
  isSamePath,
  moveAside,
  type ProgramFolder,
  programFolder,
  runningProgram,
} from './program-folder.ts';
import { say, warn } from './say.ts';
import { askWindows, tried } from './windows.ts';

/** Rejects with one line where Windows refuses to let go of the service. What else cannot be removed is said. */
export async function uninstall(): Promise<void> {
  const { programFiles, packageFolder, service } = await askWindows('look');
  refusePackaged('uninstall', packageFolder, service?.commandLine);
  const { changes, problems } = await askWindows('uninstall', programFolder(programFiles, runningProgram()).program);
  const firewall = await tried(askWindows('removeFirewallRule'));
  const place =
    service === undefined
      ? programFolder(programFiles, runningProgram())
      : installedFolder(programFiles, service.commandLine);
  const files = await deleteProgram(place);
  const all = [...changes, ...firewall.changes, ...files.changes];
  say(all.length === 0 ? [`the service ${SERVICE.name} is not installed`] : all);
  warn([...problems, ...firewall.problems, ...files.problems]);
  // Last: nothing can ask Windows any more then.
  await deleteUnpacked().catch((error: Error) => warn([error.message]));
}

async function deleteProgram(place: ProgramFolder): Promise<Done> {
  const runsItself = place.isOwn && isSamePath(place.program, runningProgram());
  const aside = runsItself ? await deleteLater(place) : undefined;
  // No worker has the binary loaded any more.
  const { deleted, inUse, hasOthers } = await deleteFiles(place, aside);
  const later = `${aside}, which runs this command, and its folder go with the next restart of Windows`;
  return {
    changes: [...deleted.map((path) => `${path} is deleted`), ...(aside === undefined ? [] : [later])],
    problems: [
      ...inUse.map((path) => `${path} is in use, and has to be deleted by hand`),
      ...(hasOthers ? [`${place.folder} stays: there are other files in it`] : []),
    ],
  };
}

/** Windows deletes no program that runs. Under another name it is in nobody's way, should the service be installed again before. */
async function deleteLater({ program, folder }: ProgramFolder): Promise<string> {
  const aside = await moveAside(program);
  await askWindows('deleteAtRestart', aside);
  await askWindows('deleteAtRestart', folder);
  return aside;
}
