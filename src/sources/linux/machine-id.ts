// The id of this installation of Linux: /etc/machine-id (machine-id(5)), or where D-Bus has it.

import { constants, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** A link leads out of the root of process 1, into our own. */
const NO_LINK = constants.O_RDONLY | constants.O_NOFOLLOW;

/** `uninitialized` and an empty file stand for none; all zeros are no id. */
const MACHINE_ID = /^(?!0{32})([0-9a-f]{32})\n?$/;

/**
 * 32 hexadecimal digits in lower case. Undefined where there is none, or it cannot be read.
 * The id of the host whose process 1 is in procfs, so that a container which sees the host's processes tells of the
 * host; it takes the privilege that the descriptors of other users' processes take. Without it the own file is as good if
 * it is our own /proc, and of another installation if it is not. `ownRoot` is another one only in tests.
 */
export function readMachineId(procfsRoot: string, ownRoot = '/'): string | undefined {
  const hosts = machineIdIn(join(procfsRoot, '1/root/etc/machine-id'), NO_LINK);
  if (hosts !== undefined || resolve(procfsRoot) !== join(ownRoot, 'proc')) return hosts;
  return machineIdIn(join(ownRoot, 'etc/machine-id')) ?? machineIdIn(join(ownRoot, 'var/lib/dbus/machine-id'));
}

function machineIdIn(path: string, flag = constants.O_RDONLY): string | undefined {
  try {
    return parseMachineId(readFileSync(path, { encoding: 'utf8', flag }));
  } catch {
    return undefined;
  }
}

/** The id that the text of the file holds; undefined for whatever else it holds. */
export function parseMachineId(text: string): string | undefined {
  return MACHINE_ID.exec(text)?.[1];
}
