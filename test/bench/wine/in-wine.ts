// Runs under Wine: in-wine.ts WINDOWS_EXPORTER MI_DLL EXECUTABLE|- SOCKETS… measures, and prints what it has measured as JSON.
import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync } from 'node:fs';
import { createServer } from 'node:net';
import koffi from 'koffi';
import { type Figure, MIN_RUNS, summarize } from '../harness/figures.ts';
import { executable, type Launch, ours, start } from '../program/programs.ts';
import { toFirstScrapeMs } from '../program/start.ts';
import { openSocketFarm } from '../socket-farm.ts';
import { worldCpuMs } from './world-cpu.ts';

const OUR_PORT = 19_184;
const THEIR_PORT = 19_185;
/** Before what is measured. */
const WARM_UP_ROUNDS = 2;
/** Runs of one in a row: as the CPU time comes in steps of 10 ms, it is taken of so many together. */
const RUNS_A_ROUND = 5;
const FARM_PROCESSES = 4;
/** So that its time is not counted. */
const SELF = 'in-wine.ts';

export interface Cost {
  readonly wall: Figure;
  /** Of one run, with what Wine's server and drivers do for it. */
  readonly cpu: Figure;
}

const READERS = ['netstat', 'ours', 'windowsExporter'] as const;
export type Readings = Readonly<Record<(typeof READERS)[number], Cost>>;
const STARTED = ['ours', 'executable', 'windowsExporter'] as const;
export type Starts = Readonly<Partial<Record<(typeof STARTED)[number], Figure>>>;

/** What this prints. */
export interface WineResults {
  readonly wine: string;
  readonly readings: readonly { readonly sockets: number; readonly costs: Readings }[];
  readonly starts: Starts;
}

function windowsExporter(command: string): Launch {
  const tcpAlone = ['--collectors.enabled=tcp', '--collector.tcp.enabled=connections_state'];
  const args = [...tcpAlone, `--web.listen-address=127.0.0.1:${THEIR_PORT}`, '--log.level=error'];
  return { command, args, port: THEIR_PORT, metric: 'windows_tcp_connections_state_count{af="ipv6"' };
}

async function readings(sockets: number, theirs: Launch): Promise<Readings> {
  await using _farm = await openSocketFarm(sockets, FARM_PROCESSES);
  // Each scrape reads: nothing is kept for the next.
  await using our = await start(ours(OUR_PORT, ['--collector.interval=0']));
  await using their = await start(theirs);
  const runs = { netstat, ours: our.scrape, windowsExporter: their.scrape };
  const times = { netstat: newTimes(), ours: newTimes(), windowsExporter: newTimes() };
  for (let round = 0; round < WARM_UP_ROUNDS + MIN_RUNS; round++) {
    for (const reader of READERS) {
      const { wallMs, cpuMs } = await oneRound(runs[reader]);
      if (round < WARM_UP_ROUNDS) continue;
      times[reader].wallMs.push(...wallMs);
      times[reader].cpuMs.push(cpuMs);
    }
  }
  return { netstat: costOf(times.netstat), ours: costOf(times.ours), windowsExporter: costOf(times.windowsExporter) };
}

interface Times {
  readonly wallMs: number[];
  readonly cpuMs: number[];
}

function newTimes(): Times {
  return { wallMs: [], cpuMs: [] };
}

function costOf({ wallMs, cpuMs }: Times): Cost {
  return { wall: summarize(wallMs, 'ms'), cpu: summarize(cpuMs, 'ms') };
}

async function oneRound(run: () => unknown): Promise<{ readonly wallMs: readonly number[]; readonly cpuMs: number }> {
  const cpuBeforeMs = worldCpuMs(SELF);
  const wallMs: number[] = [];
  for (let i = 0; i < RUNS_A_ROUND; i++) {
    const startMs = performance.now();
    await run();
    wallMs.push(performance.now() - startMs);
  }
  return { wallMs, cpuMs: (worldCpuMs(SELF) - cpuBeforeMs) / RUNS_A_ROUND };
}

function netstat(): void {
  const { status, error } = spawnSync('netstat.exe', ['-ano'], { stdio: 'ignore' });
  if (status !== 0) throw new Error(`netstat.exe -ano ended with ${status}: ${error?.message ?? ''}`);
}

async function starts(launches: Readonly<Partial<Record<(typeof STARTED)[number], Launch>>>): Promise<Starts> {
  const timesMs: Record<(typeof STARTED)[number], number[]> = { ours: [], executable: [], windowsExporter: [] };
  for (let round = 0; round < MIN_RUNS; round++) {
    for (const program of STARTED) {
      const launch = launches[program];
      if (launch !== undefined) timesMs[program].push(await toFirstScrapeMs(launch));
    }
  }
  const figures = STARTED.filter((program) => launches[program] !== undefined).map((program) => [
    program,
    summarize(timesMs[program], 'ms'),
  ]);
  return Object.fromEntries(figures);
}

function wineVersion(): string {
  return koffi.load('ntdll.dll').func('const char *wine_get_version(void)')();
}

const [windowsExporterFile = '', miDll = '', executableFile = '-', ...socketCounts] = process.argv.slice(2);
copyFileSync(miDll, 'C:\\windows\\system32\\mi.dll');
// windows_exporter fails where the table of IPv6 is empty, which it never is on Windows.
const listener = createServer().listen(0, '::1');
await once(listener, 'listening');
const theirs = windowsExporter(windowsExporterFile);
const results: WineResults['readings'][number][] = [];
for (const sockets of socketCounts.map(Number)) results.push({ sockets, costs: await readings(sockets, theirs) });
const output: WineResults = {
  wine: wineVersion(),
  readings: results,
  starts: await starts({
    ours: ours(OUR_PORT),
    ...(executableFile !== '-' && { executable: executable(executableFile, OUR_PORT) }),
    windowsExporter: theirs,
  }),
};
console.log(JSON.stringify(output));
listener.close();
