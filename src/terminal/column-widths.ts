// How wide the columns of a listing are: as wide as what is in them, or as a terminal lets them be.

import { COLUMN_NAMES, type ColumnName } from './columns.ts';

/** In columns of the terminal. 0: the column is left out. */
export type ColumnWidths = Readonly<Record<ColumnName, number>>;

/** Between two columns. */
const GAP = '  ';
/** Behind the mark, which is no word. */
const MARK_GAP = ' ';

interface Layout {
  readonly columns: readonly ColumnName[];
  /** How narrow columns may become. Others stay as they are. */
  readonly least: Readonly<Partial<Record<ColumnName, number>>>;
}

const WITHOUT_SERVICES = COLUMN_NAMES.filter((name) => name !== 'services');

/** The first one that fits is taken. What tells who holds which port stays longest; from 60 columns on both ends do. */
const LAYOUTS: readonly Layout[] = [
  { columns: COLUMN_NAMES, least: { services: 8, process: 12 } },
  { columns: WITHOUT_SERVICES, least: { process: 8 } },
  { columns: WITHOUT_SERVICES, least: { process: 8, local: 9, remote: 9 } },
  { columns: ['change', 'protocol', 'local', 'state', 'process'], least: { process: 8, local: 9 } },
  { columns: ['local', 'process'], least: { process: 8, local: 9 } },
];
/** Where none of them fits. */
const LAST_LAYOUT: Layout = { columns: ['local', 'process'], least: { process: 1, local: 1 } };

/** What gives way first comes first; of those that give way together the widest does. */
const GIVING_WAY: readonly (readonly ColumnName[])[] = [['services'], ['process'], ['local', 'remote']];

/** The widths for a terminal of so many columns, from those that all would take. Where that has less than four, lines are longer. */
export function fitColumns(natural: ColumnWidths, terminalWidth: number): ColumnWidths {
  const fits = ({ columns, least }: Layout): boolean =>
    lineWidth(narrowest(only(natural, columns), least)) <= terminalWidth;
  const { columns, least } = LAYOUTS.find(fits) ?? LAST_LAYOUT;
  const widths = only(natural, columns);
  return narrow(widths, least, lineWidth(widths) - terminalWidth);
}

/** How long a line is. */
export function lineWidth(widths: ColumnWidths): number {
  const shown = COLUMN_NAMES.filter((name) => widths[name] > 0);
  const gaps = shown.slice(0, -1).reduce((sum, name) => sum + gapAfter(name).length, 0);
  return shown.reduce((sum, name) => sum + widths[name], gaps);
}

export function gapAfter(name: ColumnName): string {
  return name === 'change' ? MARK_GAP : GAP;
}

function only(widths: ColumnWidths, columns: readonly ColumnName[]): ColumnWidths {
  return mapWidths((name) => (columns.includes(name) ? widths[name] : 0));
}

function narrowest(widths: ColumnWidths, least: Layout['least']): ColumnWidths {
  return mapWidths((name) => Math.min(widths[name], least[name] ?? widths[name]));
}

/** Takes `excess` columns away, as far as `least` lets it. */
function narrow(widths: ColumnWidths, least: Layout['least'], excess: number): ColumnWidths {
  const narrowed = { ...widths };
  const limit = narrowest(widths, least);
  let rest = excess;
  for (const names of GIVING_WAY) {
    for (; rest > 0; rest--) {
      const [widest] = names
        .filter((name) => narrowed[name] > limit[name])
        .sort((one, other) => narrowed[other] - narrowed[one]);
      if (widest === undefined) break;
      narrowed[widest]--;
    }
  }
  return narrowed;
}

function mapWidths(width: (name: ColumnName) => number): ColumnWidths {
  return Object.fromEntries(COLUMN_NAMES.map((name) => [name, width(name)])) as ColumnWidths;
}
