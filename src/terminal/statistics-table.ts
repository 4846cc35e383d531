// The MIB counters as a table: a line each in words, the families side by side.

import { RTO_ALGORITHMS } from '../metrics/statistics.ts';
import type { Snapshot } from '../model/snapshot.ts';
import type { Protocol } from '../model/sockets.ts';
import type { TcpStatistics, UdpStatistics } from '../model/statistics.ts';
import { NOTHING } from './columns.ts';
import { growth } from './growth.ts';
import type { Paint } from './paint.ts';
import { type StatisticRow, TCP_ROWS, UDP_ROWS } from './statistics-rows.ts';
import { cutEnd } from './text-width.ts';

export interface StatisticsReading {
  readonly snapshot: Snapshot;
  /** By a clock that nobody sets. */
  readonly readAtMs: number;
}

export interface StatisticsView {
  readonly now: StatisticsReading;
  readonly protocols: readonly Protocol[];
  /** Adds a column of what has grown by how much a second. Its `before` is undefined at the first reading. */
  readonly growth?: { readonly before: StatisticsReading | undefined };
  /** Whether to leave out what no set of counters has. */
  readonly knownOnly?: boolean;
}

/** One set of counters: of one family, or of both. */
interface StatisticsColumn<Statistics> {
  readonly heading: string;
  readonly now: Statistics | undefined;
  readonly before: Statistics | undefined;
}

const GAP = 2;
const MS_PER_SECOND = 1000;

/** Lines without their ends. With a width none is longer. */
export function statisticsTable(view: StatisticsView, width: number | undefined, paint: Paint): readonly string[] {
  const tables = view.protocols.map((protocol) => (protocol === 'tcp' ? tcpCells(view) : udpCells(view)));
  const widths = cellWidths(tables.flat());
  const cut = (line: string): string => (width === undefined ? line : cutEnd(line, width));
  return tables.flatMap((table, index) => [
    ...(index === 0 ? [] : ['']),
    ...table.map((cells, row) => {
      const line = cut(alignCells(cells, widths));
      return row === 0 ? paint('heading', line) : line;
    }),
  ]);
}

type Cells = readonly string[];

/** Linux has one set for both families, Windows one for each. */
function tcpCells(view: StatisticsView): readonly Cells[] {
  const { now, before } = readings(view);
  const column = (heading: string, set: 'tcp' | 'tcp4' | 'tcp6'): StatisticsColumn<TcpStatistics> => {
    return { heading, now: now.statistics[set], before: before?.statistics[set] };
  };
  const columns =
    now.os === 'linux' ? [column('IPv4 and IPv6', 'tcp')] : [column('IPv4', 'tcp4'), column('IPv6', 'tcp6')];
  return tableCells('TCP', TCP_ROWS, columns, view);
}

function udpCells(view: StatisticsView): readonly Cells[] {
  const { now, before } = readings(view);
  const column = (heading: string, set: 'udp4' | 'udp6'): StatisticsColumn<UdpStatistics> => {
    return { heading, now: now.statistics[set], before: before?.statistics[set] };
  };
  return tableCells('UDP', UDP_ROWS, [column('IPv4', 'udp4'), column('IPv6', 'udp6')], view);
}

function readings({ now, growth }: StatisticsView): { readonly now: Snapshot; readonly before: Snapshot | undefined } {
  return { now: now.snapshot, before: growth?.before?.snapshot };
}

function tableCells<Field extends string>(
  title: string,
  rows: readonly StatisticRow<Field>[],
  columns: readonly StatisticsColumn<Readonly<Partial<Record<Field, number>>>>[],
  view: StatisticsView,
): readonly Cells[] {
  const seconds = elapsedSeconds(view);
  const { os } = view.now.snapshot;
  const headings = columns.flatMap(({ heading }) => (view.growth === undefined ? [heading] : [heading, '/s']));
  const isShown = ({ field }: StatisticRow<Field>): boolean =>
    view.knownOnly !== true || columns.some(({ now }) => now?.[field] !== undefined);
  const lines = rows.filter(isShown).map(({ field, words, kind }) => {
    const cells = columns.flatMap((column) => {
      const [now, before] = [column.now?.[field], column.before?.[field]];
      const value = kind === 'algorithm' ? algorithmName(now) : String(now ?? NOTHING);
      return view.growth === undefined ? [value] : [value, rateText(growth({ os, kind, before, now }), seconds)];
    });
    return [words, ...cells];
  });
  return [[title, ...headings], ...lines];
}

function elapsedSeconds({ now, growth }: StatisticsView): number {
  const before = growth?.before;
  return before === undefined ? 0 : (now.readAtMs - before.readAtMs) / MS_PER_SECOND;
}

function algorithmName(number: number | undefined): string {
  return number === undefined ? NOTHING : (RTO_ALGORITHMS[number] ?? String(number));
}

/** Always with one decimal, so that the numbers of a column stand under each other. */
function rateText(grown: number | undefined, seconds: number): string {
  return grown === undefined || seconds <= 0 ? NOTHING : (grown / seconds).toFixed(1);
}

/** The columns of both protocols' tables stand under each other. */
function cellWidths(table: readonly Cells[]): readonly number[] {
  const columns = Math.max(0, ...table.map((cells) => cells.length));
  return Array.from({ length: columns }, (_, column) => Math.max(...table.map((cells) => cells[column]?.length ?? 0)));
}

function alignCells(cells: Cells, widths: readonly number[]): string {
  const aligned = cells.map((cell, column) => {
    const width = widths[column] ?? 0;
    return column === 0 ? cell.padEnd(width) : cell.padStart(width);
  });
  return aligned.join(' '.repeat(GAP)).trimEnd();
}
