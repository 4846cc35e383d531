// Benchmark: the whole way on Windows, from the calls to the samples, with the stand-in for Windows' libraries beneath.
import { rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { makeLibrary } from '../../worlds/standin/build.ts';
import { type Figure, summarize } from '../harness/figures.ts';
import { inFreshProcesses } from '../harness/fresh-processes.ts';
import { type Part, type PartResult, ratioOf } from '../harness/part.ts';
import { buildYardstick, compilerVersion, yardstickObstacle } from '../yardstick/yardstick.ts';
import type { WindowsMedians } from './process.ts';

const SIZES = [1_000, 10_000, 100_000, 1_000_000] as const;
const PROCESS = fileURLToPath(new URL('process.ts', import.meta.url));

const ABOUT = `
The Windows source against [the stand-in](../test/worlds/standin) for Windows' libraries that the tests use, built for Linux: the same calls and the same layouts, but the table comes from a loop in C in place of the kernel. Beside it C code ([collect.c](../test/bench/yardstick/collect.c)) that asks the same stand-in
for the table of TCP over IPv4, decodes and counts it, and nothing else. _The calls alone_ is what the stand-in takes for C's two calls; it is in all other figures.
This program reads everything but the port ranges (the other tables, which are empty, the processes, services and statistics too). _Reading and counting_ is what C does besides; _the whole collection_ makes the samples of all metrics that are on by default, which C does not.
The first collection is a process's first: nothing is compiled, and no memory is there yet. C's first one has fresh memory as well. A run is the median of one process; what is compared runs by turns there. _Memory_ is what this program's first collections have added to the process: the buffer, the columns, the tables of the aggregation and the engine's heap.
`;

export const windows: Part = {
  name: 'windows',
  title: 'The Windows path, on the stand-in',
  about: ABOUT,
  obstacle: yardstickObstacle,
  run,
};

type Figures = Readonly<Record<keyof WindowsMedians, Figure>>;

async function run(): Promise<PartResult> {
  using yardstick = buildYardstick();
  using standin = disposable(makeLibrary('complete'));
  const measured: (readonly [rows: number, Figures])[] = [];
  for (const rows of SIZES) {
    const medians = await inFreshProcesses<WindowsMedians>(PROCESS, [yardstick.file, standin.file, String(rows)]);
    measured.push([rows, figuresOf(medians)]);
  }
  return {
    tables: [
      {
        title: 'A further collection',
        columns: [
          'Rows',
          'The calls alone',
          'C',
          'Reading and counting',
          'Ratio to C',
          'The whole collection',
          'Ratio to C',
        ],
        rows: measured.map(([rows, { calls, c, counting, collection }]) => [
          rows,
          calls,
          c,
          counting,
          ratioOf(counting, c),
          collection,
          ratioOf(collection, c),
        ]),
      },
      {
        title: 'The first collection, and memory',
        columns: ['Rows', 'C', 'The whole collection', 'Ratio to C', 'Memory'],
        rows: measured.map(([rows, { firstC, first, addedMb }]) => [
          rows,
          firstC,
          first,
          ratioOf(first, firstC),
          addedMb,
        ]),
      },
    ],
    versions: { gcc: compilerVersion() },
  };
}

function disposable({ folder, file }: ReturnType<typeof makeLibrary>): { readonly file: string } & Disposable {
  return { file, [Symbol.dispose]: () => rmSync(folder, { recursive: true }) };
}

function figuresOf(medians: readonly WindowsMedians[]): Figures {
  const figure = (name: keyof WindowsMedians): Figure =>
    summarize(
      medians.map((median) => median[name]),
      name === 'addedMb' ? 'MB' : 'ms',
    );
  return {
    firstC: figure('firstC'),
    first: figure('first'),
    calls: figure('calls'),
    c: figure('c'),
    counting: figure('counting'),
    collection: figure('collection'),
    addedMb: figure('addedMb'),
  };
}
