// `netstat-exporter service uninstall`: nothing of the service is left.

import { deleteUnpacked } from '../../single-file/delete-unpacked.ts';
import { SERVICE } from './definition.ts';
import { deleteFiles, isSamePath, moveAside, programFolder } from './program-folder.ts';
import { say, warn } from './say.ts';
import { askWindows, tried } from './windows.ts';

/** Rejects with one line where Windows refuses; what is removed by then is removed. */
export async function uninstall(): Promise<void> {
  const { programFiles } = await askWindows('look');
  const { changes, problems } = await askWindows('uninstall');
  const firewall = await tried(askWindows('removeFirewallRule'));
  const place = programFolder(programFiles, process.execPath);
  const runsItself = place.isOwn && isSamePath(place.program, process.execPath);
  const aside = runsItself ? await deleteLater(place.program, place.folder) : undefined;
  // No worker has the binary loaded any more.
  const deleted = await deleteFiles(place, aside);
  await deleteUnpacked();
  const all = [...changes, ...firewall.changes, ...deleted.map((path) => `${path} is deleted`)];
  say(all.length === 0 && aside === undefined ? [`the service ${SERVICE.name} is not installed`] : all);
  if (aside !== undefined)
    say([`${aside}, which runs this command, and its folder go with the next restart of Windows`]);
  warn([...problems, ...firewall.problems]);
}

/** Windows deletes no program that runs. Under another name it is in nobody's way, should the service be installed again before. */
async function deleteLater(program: string, folder: string): Promise<string> {
  const aside = await moveAside(program);
  await askWindows('deleteAtRestart', aside);
  await askWindows('deleteAtRestart', folder);
  return aside;
}
