// The built program under test, with a monitor inside that tells what it holds.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { PROGRAM, type ProgramProcess, type RunningProgram, untilListening } from '../support/program.ts';

const MONITOR = fileURLToPath(new URL('./monitor.mjs', import.meta.url));
/** It answers at once; this is only for what hangs. */
const MONITOR_TIMEOUT_MS = 60_000;
/** A push, a reload and what a client has left behind come and go: the least of so many readings is what stays. */
const READINGS = 5;
const BETWEEN_READINGS_MS = 50;

/** What the program holds at one moment, when nobody asks it anything. Bytes are of live objects; only resident memory has garbage in it. */
export interface Sample {
  /** Made so far. */
  readonly collections: number;
  readonly residentBytes: number;
  readonly mainHeapBytes: number;
  readonly collectionHeapBytes: number;
  /** Of both threads: memory outside of the heaps that JavaScript objects own. */
  readonly externalBytes: number;
  readonly descriptors: number;
  /** Timers, sockets, ports: what keeps, or could keep, an event loop alive, in both threads. */
  readonly resources: number;
  readonly threads: number;
}

interface ThreadReport {
  readonly heapBytes: number;
  readonly externalBytes: number;
  readonly resources: number;
}

interface Report {
  readonly main: ThreadReport;
  readonly collection: ThreadReport;
}

type Ask = (question: { readonly collectGarbage: boolean }) => Promise<Report>;

export interface MonitoredProgram extends RunningProgram {
  sample(collections: number): Promise<Sample>;
}

export async function startMonitored(...flags: readonly string[]): Promise<MonitoredProgram> {
  const child = spawn(
    process.execPath,
    ['--expose-gc', '--import', MONITOR, PROGRAM, '--web.listen-address=127.0.0.1:0', ...flags],
    { stdio: ['ignore', 'pipe', 'pipe', 'ipc'] },
  );
  const ask: Ask = async (question) => {
    const answer = once(child, 'message', { signal: AbortSignal.timeout(MONITOR_TIMEOUT_MS) });
    child.send(question);
    const [report] = (await answer) as [Report];
    return report;
  };
  const program = await untilListening(child as unknown as ProgramProcess);
  return { ...program, sample: (collections) => takeSample(program.pid, collections, ask) };
}

async function takeSample(pid: number, collections: number, ask: Ask): Promise<Sample> {
  const pieces: Pick<Sample, 'descriptors' | 'resources' | 'threads'>[] = [];
  for (let reading = 0; reading < READINGS; reading++) {
    await sleep(BETWEEN_READINGS_MS);
    const { main, collection } = await ask({ collectGarbage: false });
    pieces.push({
      descriptors: readdirSync(`/proc/${pid}/fd`).length,
      resources: main.resources + collection.resources,
      threads: statusOf(pid, 'Threads'),
    });
  }
  // Before the garbage is collected: resident memory is to be what it is without us.
  const residentBytes = 1024 * statusOf(pid, 'VmRSS');
  // What owns memory outside of the heap gives it back some time after it was collected itself.
  await ask({ collectGarbage: true });
  await sleep(BETWEEN_READINGS_MS);
  const { main, collection } = await ask({ collectGarbage: true });
  return {
    collections,
    residentBytes,
    mainHeapBytes: main.heapBytes,
    collectionHeapBytes: collection.heapBytes,
    externalBytes: main.externalBytes + collection.externalBytes,
    descriptors: Math.min(...pieces.map(({ descriptors }) => descriptors)),
    resources: Math.min(...pieces.map(({ resources }) => resources)),
    threads: Math.min(...pieces.map(({ threads }) => threads)),
  };
}

/** A number of /proc/PID/status (proc_pid_status(5)). */
function statusOf(pid: number, field: string): number {
  const [, number] = new RegExp(`^${field}:\\s+(\\d+)`, 'm').exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(number);
}
