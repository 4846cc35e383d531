// A unit for the programs of the incidents: all that the exporter sees of one is the name of a cgroup (cgroups(7), systemd.unit(5)).
import { mkdirSync, mkdtempSync, readFileSync, rmdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseUnit } from '../../src/sources/linux/process-files.ts';

const FOLDER_PREFIX = 'netstat-exporter-incident-';

/** A cgroup that is called as the one of a service. It goes when it is disposed of: no process may be in it then. */
export interface Unit extends Disposable {
  readonly name: string;
  /** Whoever writes a process id there moves this process into the unit. */
  readonly processesFile: string;
}

/**
 * `name.service`, in a cgroup of its own, so that another run of the tests may have one too. Undefined where there is no
 * cgroup v2, or where none may be made, as in most containers: their file system of cgroups is read-only.
 */
export function makeUnit(name: string): Unit | undefined {
  const root = process.platform === 'linux' ? findCgroup2(readFileSync('/proc/self/mountinfo', 'utf8')) : undefined;
  if (root === undefined) return undefined;
  const service = `${name}.service`;
  let folder: string;
  try {
    folder = join(mkdtempSync(join(root, FOLDER_PREFIX)), service);
  } catch {
    return undefined;
  }
  mkdirSync(folder);
  return {
    name: service,
    processesFile: join(folder, 'cgroup.procs'),
    [Symbol.dispose]: () => {
      rmdirSync(folder);
      rmdirSync(dirname(folder));
    },
  };
}

/** The unit that the tests themselves run in, such as `session-2.scope`; undefined where there is none, or on Windows. */
export function ownUnit(): string | undefined {
  return process.platform === 'linux' ? parseUnit(readFileSync('/proc/self/cgroup', 'utf8')) : undefined;
}

/** Where the hierarchy of cgroup v2 is mounted. The type of the file system follows a lone dash (proc_pid_mountinfo(5)). */
function findCgroup2(mountinfo: string): string | undefined {
  const mount = mountinfo.split('\n').find((line) => line.includes(' - cgroup2 '));
  return mount?.split(' ')[4];
}
