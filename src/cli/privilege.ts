// Whether this process may see who holds the sockets of other users (capabilities(7), proc_pid_status(5)).

import { readFileSync } from 'node:fs';

const OWN_STATUS = '/proc/self/status';
/** CAP_DAC_READ_SEARCH is 2, CAP_SYS_PTRACE 19 (linux/capability.h). */
const NEEDED_CAPABILITIES = (1n << 2n) | (1n << 19n);

/** On Linux. True also where it cannot be told: then nothing is said of privilege. */
export function seesOtherUsers(): boolean {
  try {
    return hasNeededCapabilities(readFileSync(OWN_STATUS, 'utf8'));
  } catch {
    return true;
  }
}

/** From the text of /proc/self/status. */
export function hasNeededCapabilities(status: string): boolean {
  const [, effective] = /^CapEff:\s*([0-9a-f]{1,16})$/m.exec(status) ?? [];
  return effective === undefined || (BigInt(`0x${effective}`) & NEEDED_CAPABILITIES) === NEEDED_CAPABILITIES;
}
