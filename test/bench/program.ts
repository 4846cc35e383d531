// Benchmarks of the built program: start to first scrape, memory, and the longest block of its event loop.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Result, summarize } from './measure.ts';
import { openSocketFarm } from './socket-farm.ts';

const PROGRAM = fileURLToPath(new URL('../../dist/netstat-exporter.js', import.meta.url));
const MONITOR = new URL('loop-monitor.mjs', import.meta.url).href;
const URL_OF_METRICS = 'http://127.0.0.1:19183/metrics';
const STARTS = 15;

const COMMON_FLAGS = ['--web.listen-address=127.0.0.1:19183', '--log.level=error'];

function start(flags: readonly string[], nodeFlags: readonly string[] = []) {
  const args = [...nodeFlags, PROGRAM, ...COMMON_FLAGS, ...flags];
  return spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
}

async function scrape(): Promise<string | undefined> {
  try {
    const response = await fetch(URL_OF_METRICS, { headers: { connection: 'close' } });
    const text = await response.text();
    return response.status === 200 ? text : undefined;
  } catch {
    return undefined;
  }
}

async function firstScrape(program: ChildProcess): Promise<void> {
  while (!(await scrape())?.includes('netstat_tcp_connections')) {
    if (program.exitCode !== null) throw new Error(`the program ended with code ${program.exitCode}`);
    await sleep(2);
  }
}

async function sleep(ms: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, ms));
}

/** From the start of the process to the end of the first answer that has the tables in it: of the built program, or of an executable. */
export async function startToFirstScrape(executable?: string): Promise<Result> {
  const timesMs: number[] = [];
  for (let i = 0; i < STARTS; i++) {
    const startMs = performance.now();
    const program = executable === undefined ? start([]) : spawn(executable, COMMON_FLAGS, { stdio: 'ignore' });
    await firstScrape(program);
    timesMs.push(performance.now() - startMs);
    program.kill('SIGTERM');
    await once(program, 'exit');
  }
  return summarize('start to first scrape', timesMs);
}

export interface Load {
  readonly sockets: number;
  readonly series: number;
  /** As it is half of the time, and the most that was seen, once a second. */
  readonly residentMb: number;
  readonly peakResidentMb: number;
  readonly cpuSecondsPerHour: number;
  readonly eventLoop: string;
}

/** Runs for `seconds` with a collection and a scrape each second, and that many sockets on the host. */
export async function underLoad(sockets: number, processes: number, seconds: number): Promise<Load> {
  await using _farm = await openSocketFarm(sockets, processes);
  // Awaited, or the farm would be gone as soon as the watch has begun.
  return await watch([], seconds);
}

/** Runs for `seconds` with these flags, and with a collection and a scrape each second. */
export async function watch(flags: readonly string[], seconds: number): Promise<Load> {
  const program = start(['--collector.interval=1s', ...flags], ['--import', MONITOR]);
  let output = '';
  program.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    output += chunk;
  });
  await firstScrape(program);
  const cpuBefore = cpuSeconds(program.pid);
  let text = '';
  const residentMb: number[] = [];
  for (let i = 0; i < seconds; i++) {
    await sleep(1_000);
    text = (await scrape()) ?? '';
    residentMb.push(residentMegabytes(program.pid));
  }
  const cpu = cpuSeconds(program.pid) - cpuBefore;
  const ended = once(program, 'close');
  program.kill('SIGTERM');
  await ended;
  return {
    sockets: countSockets(text),
    series: text.split('\n').filter((line) => line !== '' && !line.startsWith('#')).length,
    residentMb: residentMb.toSorted((a, b) => a - b)[Math.floor(seconds / 2)] ?? Number.NaN,
    peakResidentMb: Math.max(...residentMb),
    // One collection a second here; ten seconds apart in the default configuration.
    cpuSecondsPerHour: (cpu / seconds) * 360,
    eventLoop: output.trim(),
  };
}

function countSockets(text: string): number {
  return text
    .split('\n')
    .filter((line) => line.startsWith('netstat_tcp_connections{'))
    .reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(' '))), 0);
}

function residentMegabytes(pid: number | undefined): number {
  const [, kilobytes] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kilobytes) / 1024;
}

function cpuSeconds(pid: number | undefined): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  const ticksPerSecond = 100;
  return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond;
}
