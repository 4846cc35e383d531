// The part `push`: what an OTLP push costs the main thread beside the SDK's usual way, and what it adds to the program.
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { type Figure, MIN_RUNS, summarize } from '../harness/figures.ts';
import { namespaceObstacle, runInNamespace } from '../harness/namespace.ts';
import { type Cell, type Part, type PartResult, ratioOf, type Table } from '../harness/part.ts';
import type { PushCost, PushWay } from './process.ts';

const PROCESS = fileURLToPath(new URL('process.ts', import.meta.url));
const SERIES = 10_000;
const WAYS: Readonly<Record<PushWay, string>> = {
  instruments: 'observable instruments',
  producer: 'the producer of this program',
};

const ABOUT = `
Two ways to push 10,000 series by the OpenTelemetry SDK, with the same exporter, to a receiver in a thread that takes everything: the metric producer of this program, and observable instruments that observe
each series in a callback, as the SDK is used otherwise. Each run is a process of its own, in turn; the first push of each runs in code that nothing has run before. A block is how long the event loop of the main thread
did not turn; CPU is the main thread's.

Then the built program on a recording with about as many series, a collection, a scrape and, in the second and third row, a push each second: its event loop as in the part \`program\`, and its memory.`;

export const push: Part = {
  name: 'push',
  title: 'Pushing over OTLP',
  about: ABOUT,
  obstacle: namespaceObstacle,
  async run() {
    const ways = await waysTable();
    const added = await runInNamespace<PartResult>(new URL('added-to-program.ts', import.meta.url));
    return { ...added, tables: [ways, ...added.tables] };
  },
};

interface Costs {
  readonly first: Figure;
  readonly others: Figure;
  readonly cpu: Figure;
}

async function waysTable(): Promise<Table> {
  const runs: Record<PushWay, PushCost[]> = { instruments: [], producer: [] };
  for (let i = 0; i < MIN_RUNS; i++) {
    for (const way of ['instruments', 'producer'] as const) runs[way].push(await pushesOf(way));
  }
  const usual = costsOf(runs.instruments);
  const ours = costsOf(runs.producer);
  const row = (way: PushWay, { first, others, cpu }: Costs): Cell[] => [
    WAYS[way],
    first,
    ratioOf(first, usual.first),
    others,
    ratioOf(others, usual.others),
    cpu,
    ratioOf(cpu, usual.cpu),
  ];
  return {
    title: `${SERIES.toLocaleString('en-US')} series, pushed by`,
    columns: ['Way', 'Longest block, first push', 'Ratio', 'Longest block, others', 'Ratio', 'CPU of a push', 'Ratio'],
    rows: [row('instruments', usual), row('producer', ours)],
  };
}

function costsOf(runs: readonly PushCost[]): Costs {
  const firsts = runs.map(({ firstBlockMs }) => firstBlockMs);
  const others = runs.flatMap(({ blocksMs }) => blocksMs);
  const cpus = runs.map(({ cpuMsPerPush }) => cpuMsPerPush);
  return { first: summarize(firsts, 'ms'), others: summarize(others, 'ms'), cpu: summarize(cpus, 'ms') };
}

async function pushesOf(way: PushWay): Promise<PushCost> {
  const { stdout } = await promisify(execFile)(process.execPath, [PROCESS, way, String(SERIES)]);
  return JSON.parse(stdout);
}
