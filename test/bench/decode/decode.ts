// Benchmark: tables of GetExtendedTcpTable decoded and counted, beside C code that does the same; and how the time grows.
import { fileURLToPath } from 'node:url';
import { type Figure, summarize } from '../harness/figures.ts';
import { inFreshProcesses } from '../harness/fresh-processes.ts';
import { type Part, type PartResult, type Ratio, ratioOf, type Table, type Target } from '../harness/part.ts';
import { buildYardstick, compilerVersion, yardstickObstacle } from '../yardstick/yardstick.ts';
import type { Medians, TableMedians } from './process.ts';
import { TABLES } from './rows.ts';

const SIZES = [1_000, 10_000, 100_000, 1_000_000] as const;
const [GROWTH_FROM, GROWTH_TO] = [10_000, 1_000_000];
const TABLE_ROWS = 100_000;
const MOST_TIMES_C = 3;
/** Per row, at GROWTH_TO, of what it is at GROWTH_FROM. */
const MOST_GROWTH = 1.5;
const PROCESS = fileURLToPath(new URL('process.ts', import.meta.url));

const ABOUT = `
Rows of GetExtendedTcpTable (300 processes, 120 listening ports, most connections established on a few of them) decoded into columns and counted by state, process and port, beside C code that does the same at -O2
([aggregate.c](../test/bench/yardstick/aggregate.c)). Both work in the memory that they have from the run before, and must have counted the same. They run by turns of five runs in one process, which is started for it: from one start to the next the engine compiles the loops a little differently.
A run here is the median of one such process.
`;

export const decode: Part = {
  name: 'decode',
  title: 'Decoding and counting',
  about: ABOUT,
  obstacle: yardstickObstacle,
  run,
};

interface Measured {
  readonly rows: number;
  readonly c: Figure;
  readonly ours: Figure;
}

async function run(): Promise<PartResult> {
  using yardstick = buildYardstick();
  const measured: Measured[] = [];
  for (const rows of SIZES) {
    const medians = await inFreshProcesses<Medians>(PROCESS, [yardstick.file, String(rows)]);
    const figure = (who: keyof Medians): Figure =>
      summarize(
        medians.map((median) => median[who]),
        'ms',
      );
    measured.push({ rows, c: figure('c'), ours: figure('ours') });
  }
  return {
    tables: [comparisonTable(measured), growthTable(measured), await kindsTable(yardstick.file)],
    targets: [...measured.map(speedTarget), growthTarget(measured)],
    versions: { gcc: compilerVersion() },
  };
}

function comparisonTable(measured: readonly Measured[]): Table {
  const rows = measured.map(({ rows, c, ours }) => [rows, c, ours, ratioOf(ours, c)]);
  return { title: '', columns: ['Rows', 'C', 'netstat-exporter', 'Ratio to C'], rows };
}

function growthTable(measured: readonly Measured[]): Table {
  const rows = measured.map(({ rows }) => [rows, growth(measured, 'c', rows), growth(measured, 'ours', rows)]);
  const than = `ratio to that at ${GROWTH_FROM.toLocaleString('en-US')}`;
  return { title: 'The time of a row', columns: ['Rows', `C, ${than}`, `netstat-exporter, ${than}`], rows };
}

async function kindsTable(file: string): Promise<Table> {
  const medians = await inFreshProcesses<TableMedians>(PROCESS, [file, String(TABLE_ROWS), 'tables']);
  const figures = TABLES.map((name) =>
    summarize(
      medians.map((median) => median[name]),
      'ms',
    ),
  );
  const [first] = figures;
  const rows = figures.map((figure, index) => [
    TABLES[index] ?? '',
    figure,
    first === undefined ? '' : ratioOf(figure, first),
  ]);
  const title = `The four kinds of tables, ${TABLE_ROWS.toLocaleString('en-US')} rows each`;
  return { title, columns: ['Table', 'netstat-exporter', `Ratio to ${TABLES[0]}`], rows };
}

function growth(measured: readonly Measured[], who: 'c' | 'ours', rows: number): Ratio {
  const perRow = (size: number): number =>
    (measured.find((one) => one.rows === size)?.[who].median ?? Number.NaN) / size;
  return { ratio: perRow(rows) / perRow(GROWTH_FROM) };
}

function speedTarget({ rows, c, ours }: Measured): Target {
  return {
    of: `decoding and counting ${rows.toLocaleString('en-US')} rows, of the time of C`,
    sense: 'at most',
    bound: MOST_TIMES_C,
    measured: ratioOf(ours, c).ratio,
    unit: 'times',
    why: 'the engine checks the bounds of each access, and uses no vector instructions',
  };
}

function growthTarget(measured: readonly Measured[]): Target {
  return {
    of: `the time of a row at ${GROWTH_TO.toLocaleString('en-US')} rows, of that at ${GROWTH_FROM.toLocaleString('en-US')}`,
    sense: 'at most',
    bound: MOST_GROWTH,
    measured: growth(measured, 'ours', GROWTH_TO).ratio,
    unit: 'times',
    why: 'such a table fits into no cache of the processor, and C, beside it, grows as well',
  };
}
