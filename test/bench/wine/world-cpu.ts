// Under Wine: the CPU time of all that runs in its world, which are Linux processes. Reading a table is the work of others than who asks
// for it, too: of Wine's server and its drivers.
import { readdirSync, readFileSync } from 'node:fs';

const PROC = 'Z:\\proc';
/** Fields of proc_pid_stat(5) after the name: what the process itself took, and what those that it has waited for did. */
const [USER, SYSTEM, CHILDREN_USER, CHILDREN_SYSTEM] = [11, 12, 13, 14];
const TICK_MS = 10;
/** The first process takes all in that have lost their parents, as Wine's processes have from their start. */
const FIRST = '1';

/** Milliseconds since the beginning, in steps of 10, of all but the process that has this in its command line. */
export function worldCpuMs(exceptFor: string): number {
  let ticks = 0;
  for (const pid of readdirSync(PROC)) {
    if (/^\d+$/.test(pid)) ticks += ticksOf(pid, exceptFor);
  }
  return ticks * TICK_MS;
}

function ticksOf(pid: string, exceptFor: string): number {
  try {
    if (readFileSync(`${PROC}\\${pid}\\cmdline`, 'utf8').includes(exceptFor)) return 0;
    const fields = readFileSync(`${PROC}\\${pid}\\stat`, 'utf8').split(') ')[1]?.split(' ').map(Number) ?? [];
    const at = (index: number): number => fields[index] ?? Number.NaN;
    return at(USER) + at(SYSTEM) + (pid === FIRST ? at(CHILDREN_USER) + at(CHILDREN_SYSTEM) : 0);
  } catch {
    return 0; // it has ended: the first process has its time
  }
}
