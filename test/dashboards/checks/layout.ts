// Where panels stand: they fill the lines of the grid, do not overlap, and are wide enough to be read.
import type { AnyPanel } from '../schema/strict-dashboard.ts';
import { type Check, dataPanelsOf } from './board.ts';

const GRID_COLUMNS = 24;
/** At 1280 pixels, a third of the width for lines, a sixth for a number. */
const MIN_COLUMNS: Readonly<Record<string, number>> = { timeseries: 8, stat: 4, table: 10, bargauge: 6 };
/** Rows of the grid; the title of a panel takes one. */
const MIN_ROWS: Readonly<Record<string, number>> = { timeseries: 7, stat: 3, table: 7, bargauge: 5 };

/** Each cell of the grid is of one panel, down to the last line. */
export const panelsFillTheGrid: Check = ({ json: { panels } }) => [
  ...gridProblems(panels),
  ...panels.flatMap((panel) => (panel.type === 'row' ? gridProblems(panel.panels) : [])),
];

function gridProblems(panels: readonly AnyPanel[]): readonly string[] {
  const outside = panels.filter(
    ({ gridPos: { x, y, w, h } }) => x < 0 || y < 0 || w < 1 || h < 1 || x + w > GRID_COLUMNS,
  );
  if (outside.length > 0) return outside.map((panel) => `${titleOf(panel)} is not within the grid`);
  const owners = new Map<string, AnyPanel>();
  const problems: string[] = [];
  for (const panel of panels) {
    for (const cell of cellsOf(panel)) {
      const owner = owners.get(cell);
      if (owner !== undefined) problems.push(`${titleOf(panel)} overlaps ${titleOf(owner)} at ${cell}`);
      owners.set(cell, panel);
    }
  }
  const top = Math.min(...panels.map(({ gridPos }) => gridPos.y));
  const bottom = Math.max(...panels.map(({ gridPos }) => gridPos.y + gridPos.h));
  for (let y = top; y < bottom; y++) {
    for (let x = 0; x < GRID_COLUMNS; x++) if (!owners.has(`${x},${y}`)) problems.push(`no panel at ${x},${y}`);
  }
  return problems;
}

function cellsOf({ gridPos: { x, y, w, h } }: AnyPanel): readonly string[] {
  return Array.from({ length: w * h }, (_, index) => `${x + (index % w)},${y + Math.floor(index / w)}`);
}

export const panelsCanBeRead: Check = (board) =>
  dataPanelsOf(board).flatMap(({ title, type, gridPos: { w, h } }) => [
    ...(w < (MIN_COLUMNS[type] ?? 0) ? [`${title}: ${w} columns are too few for a ${type}`] : []),
    ...(h < (MIN_ROWS[type] ?? 0) ? [`${title}: ${h} rows are too few for a ${type}`] : []),
  ]);

/** Rows are lines of headings, and begin a line. */
export const headingsTakeTheWholeLine: Check = ({ json }) =>
  json.panels.flatMap((panel) =>
    panel.type === 'row' && (panel.gridPos.w !== GRID_COLUMNS || panel.gridPos.h !== 1)
      ? [`${titleOf(panel)} is no line of its own`]
      : [],
  );

function titleOf({ id, title = '' }: AnyPanel): string {
  return `${id} (${title})`;
}
