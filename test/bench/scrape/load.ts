// Scrapes as fast as they are answered, by wrk: on a processor of its own, as the server has one.
import { execFile, spawnSync } from 'node:child_process';
import { promisify } from 'node:util';
import { sleep } from '../program/programs.ts';
import { cpuSeconds } from '../program/usage.ts';
import type { Server } from './servers.ts';

/** Where a server answers all clients only once in so long, a run takes several seconds. */
const LONG_RUN = { series: 10_000, clients: 64, seconds: 6 } as const;
/** To server and client each. Without this a server that has helpers would take the processor of the client. */
export const SERVER_PROCESSOR = 0;
const CLIENT_PROCESSOR = 1;
/** More than the slowest server takes: what is late would else be left out. */
const TIMEOUT = '30s';
/** What a server still has to do when the clients have left counts to the run, and takes no processor from the next one. */
const SETTLED_MS = 100;
const MAX_SETTLING_MS = 20_000;

export interface Load {
  readonly requestsPerSecond: number;
  /** As wrk has them: for a request that kept a connection from others it adds those that had to wait for it. */
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** Of the server, for a request. */
  readonly cpuMs: number;
}

/** Why there is none; undefined where there is. */
export function loadObstacle(): string | undefined {
  for (const [program, packageName] of [
    ['wrk', 'wrk'],
    ['taskset', 'util-linux'],
  ] as const)
    if (spawnSync(program, ['--version']).error !== undefined)
      return `needs ${program}: apt-get install ${packageName}`;
  return undefined;
}

export function wrkVersion(): string {
  return /^wrk (?:debian\/)?(\S+)/.exec(spawnSync('wrk', ['--version'], { encoding: 'utf8' }).stdout)?.[1] ?? 'unknown';
}

/** That many clients at a time, each on a connection that it keeps. Rejects where one gets an error. */
export async function load({ url, pid }: Server, clients: number, series: number): Promise<Load> {
  const seconds = series >= LONG_RUN.series && clients >= LONG_RUN.clients ? LONG_RUN.seconds : 1;
  const before = cpuSeconds(pid);
  const args = [
    '--threads=1',
    `--connections=${clients}`,
    `--duration=${seconds}s`,
    '--latency',
    `--timeout=${TIMEOUT}`,
  ];
  const { stdout } = await promisify(execFile)('taskset', [
    ...['--cpu-list', String(CLIENT_PROCESSOR), 'wrk'],
    ...[...args, '--header=Accept-Encoding: gzip', url],
  ]);
  const cpu = (await settledCpuSeconds(pid)) - before;
  if (/Non-2xx|Socket errors|^ +0 requests/m.test(stdout))
    throw new Error(`${url} was not answered as it should be: ${stdout}`);
  const requests = Number(/(\d+) requests in/.exec(stdout)?.[1]);
  return {
    requestsPerSecond: Number(/Requests\/sec:\s+([\d.]+)/.exec(stdout)?.[1]),
    p50Ms: milliseconds(stdout, '50%'),
    p99Ms: milliseconds(stdout, '99%'),
    cpuMs: (cpu / requests) * 1_000,
  };
}

async function settledCpuSeconds(pid: number): Promise<number> {
  const endMs = performance.now() + MAX_SETTLING_MS;
  for (let before = cpuSeconds(pid); performance.now() < endMs; ) {
    await sleep(SETTLED_MS);
    const now = cpuSeconds(pid);
    if (now - before < SETTLED_MS / 10_000) return now;
    before = now;
  }
  throw new Error(`the process ${pid} goes on working though nobody asks it`);
}

const UNITS: Readonly<Record<string, number>> = { us: 0.001, ms: 1, s: 1_000 };

function milliseconds(output: string, percentile: string): number {
  const [, value, unit = ''] = new RegExp(`^\\s+${percentile}\\s+([\\d.]+)(us|ms|s)\\s*$`, 'm').exec(output) ?? [];
  return Number(value) * (UNITS[unit] ?? Number.NaN);
}
