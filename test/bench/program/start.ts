// How long programs take from their start to the first scrape that has everything in it.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { type Figure, MIN_RUNS, summarize } from '../harness/figures.ts';
import { type Cell, ratioOf, type Table } from '../harness/part.ts';
import { type Launch, linuxExecutable, nodeExporter, ours, start } from './programs.ts';

const PORT = 19_183;
const NAMES = {
  node: 'Node.js that does nothing (`node -e 0`), to its end',
  ours: 'netstat-exporter',
  executable: 'netstat-exporter, the Linux executable',
  nodeExporter: 'node_exporter, tcpstat alone',
} as const;

export async function startTable(): Promise<Table> {
  const executable = linuxExecutable(PORT);
  const figures = await alternated({
    [NAMES.node]: nothing,
    [NAMES.ours]: () => toFirstScrapeMs(ours(PORT)),
    ...(executable && { [NAMES.executable]: () => toFirstScrapeMs(executable) }),
    [NAMES.nodeExporter]: () => toFirstScrapeMs(nodeExporter(PORT)),
  });
  const floor = figures.get(NAMES.node);
  const rows = [...figures].map(([name, figure]): Cell[] => [
    name,
    figure,
    floor === undefined ? '' : ratioOf(figure, floor),
  ]);
  return { title: 'Start to first scrape', columns: ['Program', 'Time', 'Ratio to Node.js alone'], rows };
}

/** Runs each in turn, so that all see the same machine. */
async function alternated(runs: Readonly<Record<string, () => Promise<number>>>): Promise<ReadonlyMap<string, Figure>> {
  const times = new Map<string, number[]>(Object.keys(runs).map((name) => [name, []]));
  for (let i = 0; i < MIN_RUNS; i++) {
    for (const [name, run] of Object.entries(runs)) times.get(name)?.push(await run());
  }
  return new Map([...times].map(([name, values]) => [name, summarize(values, 'ms')]));
}

/** Also what the figure is made of for an executable under Wine: see executable.ts. */
export async function toFirstScrapeMs(launch: Launch): Promise<number> {
  const startMs = performance.now();
  await using program = await start(launch);
  const timeMs = performance.now() - startMs;
  await program.end();
  return timeMs;
}

async function nothing(): Promise<number> {
  const startMs = performance.now();
  await once(spawn(process.execPath, ['-e', '0'], { stdio: 'ignore' }), 'close');
  return performance.now() - startMs;
}
