// Benchmark: the built program under Wine, beside netstat and windows_exporter.
import { execFile, spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { EXECUTABLE } from '../../support/windows-executable.ts';
import { findPeers, PROVIDED_BY } from '../../worlds/peers/programs.ts';
import { type Cell, type Part, type PartResult, ratioOf, type Table } from '../harness/part.ts';
import type { Cost, Starts, WineResults } from './in-wine.ts';

const SOCKETS = [1_000, 10_000] as const;
const WINDOWS_EXPORTER = 'windows_exporter.exe';
const COMPILER = 'x86_64-w64-mingw32-gcc';
const PROJECT = join(import.meta.dirname, '../../..');
const WORLD = join(PROJECT, 'test/worlds/wine');
/** What Wine does not have of the project is put here for it. */
const FOLDER = 'build/bench/wine';

const NAMES = {
  netstat: '`netstat -ano`',
  ours: 'netstat-exporter',
  executable: 'netstat-exporter.exe, the single executable',
  windowsExporter: 'windows_exporter',
} as const;

const ABOUT = `
The real node.exe and the real windows_exporter under Wine, in a network of their own, with as many TCP sockets held by other processes there.
By turns: \`netstat -ano\`, from its start to its end, its output thrown away; a scrape of this program, which reads everything at each scrape (\`--collector.interval=0\`; TCP and UDP, statistics, and whose they are); and a scrape of
windows_exporter with its tcp collector alone, which counts TCP connections by state (\`--collectors.enabled=tcp --collector.tcp.enabled=connections_state\`). Scrapes come compressed over a connection that is kept.
The CPU time is that of all in this Wine but for who measures: reading a table is work of Wine's server and drivers, too. It is counted in steps of 10 ms, of several runs together.

These are not Windows' figures: there a table comes from the kernel, here from a driver of Wine that reads /proc. The ratios say something of what each program does besides, and less than they would on Windows.
Wine's netstat does less than Windows': it shows TCP connections alone, without their owners. windows_exporter opens a session of the Windows Management Infrastructure at its start, of which Wine has nothing: it gets [a stand-in](../test/bench/wine/mi.c) that does nothing.
The single executable has its row where it has been built (\`npm run build:exe\`).
`;

export const wine: Part = {
  name: 'wine',
  title: 'Under Wine, beside netstat and windows_exporter',
  about: ABOUT,
  obstacle,
  run,
};

function obstacle(): string | undefined {
  if (findPeers()[WINDOWS_EXPORTER] === undefined)
    return `${WINDOWS_EXPORTER} is missing; ${PROVIDED_BY[WINDOWS_EXPORTER]}`;
  const { status } = spawnSync(join(WORLD, 'setup.sh'), ['--check'], { stdio: 'ignore' });
  return status === 0 ? undefined : 'Wine, or the compiler for it, is missing; provided by: test/worlds/wine/setup.sh';
}

async function run(): Promise<PartResult> {
  const theirs = findPeers()[WINDOWS_EXPORTER] ?? '';
  const folder = join(PROJECT, FOLDER);
  mkdirSync(folder, { recursive: true });
  copyFileSync(theirs, join(folder, WINDOWS_EXPORTER));
  buildStandin(join(folder, 'mi.dll'));
  const executable = existsSync(EXECUTABLE) ? inWine('build/exe/win32-x64/netstat-exporter.exe') : '-';
  const files = [inWine(`${FOLDER}/${WINDOWS_EXPORTER}`), inWine(`${FOLDER}/mi.dll`), executable];
  const args = ['test/bench/wine/in-wine.ts', ...files, ...SOCKETS.map(String)];
  const { stdout } = await promisify(execFile)(join(WORLD, 'run.sh'), args);
  const results: WineResults = JSON.parse(stdout);
  return {
    tables: [readingsTable(results), startsTable(results.starts)],
    versions: { Wine: results.wine, windows_exporter: readFileSync(`${theirs}.version`, 'utf8').trim() },
  };
}

function inWine(path: string): string {
  return `Z:\\project\\${path.replaceAll('/', '\\')}`;
}

function buildStandin(file: string): void {
  const args = [
    '-std=c11',
    '-O1',
    '-Wall',
    '-Wextra',
    '-Werror',
    '-shared',
    '-o',
    file,
    join(import.meta.dirname, 'mi.c'),
  ];
  const { status, stderr, error } = spawnSync(COMPILER, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${COMPILER} failed to compile mi.c: ${error?.message ?? stderr}`);
}

function readingsTable({ readings }: WineResults): Table {
  const rows = readings.flatMap(({ sockets, costs: { netstat, ours, windowsExporter } }) => {
    const row = (name: string, { wall, cpu }: Cost): Cell[] => {
      return [sockets, name, wall, ratioOf(wall, netstat.wall), cpu, ratioOf(cpu, netstat.cpu)];
    };
    return [row(NAMES.netstat, netstat), row(NAMES.ours, ours), row(NAMES.windowsExporter, windowsExporter)];
  });
  const columns = ['TCP sockets', 'Program', 'Time', 'Ratio to netstat', 'CPU time', 'Ratio to netstat'];
  return { title: 'Reading once', columns, rows };
}

function startsTable({ ours, executable, windowsExporter }: Starts): Table {
  const named = { [NAMES.ours]: ours, [NAMES.executable]: executable, [NAMES.windowsExporter]: windowsExporter };
  const rows = Object.entries(named).flatMap(([name, figure]): Cell[][] => {
    return figure === undefined || windowsExporter === undefined
      ? []
      : [[name, figure, ratioOf(figure, windowsExporter)]];
  });
  return { title: 'Start to first scrape', columns: ['Program', 'Time', 'Ratio to windows_exporter'], rows };
}
