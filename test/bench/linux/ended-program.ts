// Programs that are run to their end: what each run takes of the clock and of the processors.
import { spawnSync } from 'node:child_process';
import koffi from 'koffi';
import type { Cost } from './collecting.ts';

const RUSAGE_CHILDREN = -1;
/** struct rusage begins with two of struct timeval: user and system time. */
const RUSAGE_BYTES = 144;
const getrusage = koffi.load(null).func('int getrusage(int who, void *usage)');

/** From its start to its end; what it writes goes nowhere. */
export function runProgram(command: string, args: readonly string[]): Cost {
  const cpuMs = endedChildrenCpuMs();
  const startMs = performance.now();
  const { status, error } = spawnSync(command, args, { stdio: ['ignore', 'ignore', 'inherit'] });
  const wallMs = performance.now() - startMs;
  if (status !== 0) throw error ?? new Error(`${command} ended with ${status}`);
  return { wallMs, cpuMs: endedChildrenCpuMs() - cpuMs };
}

/** In microseconds exactly, unlike what /proc tells of a process that has ended. */
function endedChildrenCpuMs(): number {
  const usage = new BigInt64Array(RUSAGE_BYTES / 8);
  if (getrusage(RUSAGE_CHILDREN, usage) !== 0) throw new Error('getrusage failed');
  const [userSeconds = 0n, userMicros = 0n, systemSeconds = 0n, systemMicros = 0n] = usage;
  return Number(userSeconds + systemSeconds) * 1_000 + Number(userMicros + systemMicros) / 1_000;
}
