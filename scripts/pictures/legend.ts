// The legend of a plot: a table of its lines, in as many columns as there is room for.
import { FAINT_INK, INK } from './colors.ts';
import { element, type Svg, text } from './svg.ts';
import { fitText } from './text-width.ts';

export interface LegendEntry {
  readonly name: string;
  readonly color: string;
  /** Texts under the headers. */
  readonly values: readonly string[];
}

export interface LegendRoom {
  readonly widthPixels: number;
  readonly maxHeightPixels: number;
}

interface Grid {
  readonly columns: number;
  readonly rows: number;
}

const FONT_PIXELS = 11;
const LINE_PIXELS = 16;
const COLUMN_PIXELS = 290;
const GAP_PIXELS = 14;
const VALUE_PIXELS = 55;
const MARK_PIXELS = 16;
/** From the top of a line to where its letters stand. */
const BASELINE_PIXELS = 11;

export function legendHeight(entries: readonly LegendEntry[], room: LegendRoom): number {
  return (1 + gridOf(entries, room).rows) * LINE_PIXELS;
}

/** Those for which there is no room are counted in the last place. */
export function legend(entries: readonly LegendEntry[], headers: readonly string[], room: LegendRoom): Svg {
  const grid = gridOf(entries, room);
  const places = grid.columns * grid.rows;
  const shown = entries.length > places ? entries.slice(0, places - 1) : entries;
  const columnPixels = (room.widthPixels - (grid.columns - 1) * GAP_PIXELS) / grid.columns;
  const at = (column: number, row: number, ...parts: readonly Svg[]): Svg =>
    element('g', { transform: `translate(${column * (columnPixels + GAP_PIXELS)} ${row * LINE_PIXELS})` }, ...parts);
  const place = (index: number, ...parts: readonly Svg[]): Svg =>
    at(Math.floor(index / grid.rows), 1 + (index % grid.rows), ...parts);
  const heads = Array.from({ length: grid.columns }, (_, column) =>
    at(column, 0, ...rightAligned(headers, columnPixels, FAINT_INK)),
  );
  const lines = shown.map((entry, index) => place(index, ...entryLine(entry, columnPixels)));
  const rest = entries.length - shown.length;
  const more = rest === 0 ? [] : [place(shown.length, cell(`and ${rest} more`, MARK_PIXELS, FAINT_INK))];
  return [...heads, ...lines, ...more].join('');
}

function gridOf(entries: readonly LegendEntry[], { widthPixels, maxHeightPixels }: LegendRoom): Grid {
  const roomForColumns = Math.floor((widthPixels + GAP_PIXELS) / (COLUMN_PIXELS + GAP_PIXELS));
  const roomForRows = Math.max(1, Math.floor(maxHeightPixels / LINE_PIXELS) - 1);
  const columns = Math.max(1, Math.min(roomForColumns, entries.length));
  return { columns, rows: Math.min(roomForRows, Math.max(1, Math.ceil(entries.length / columns))) };
}

function entryLine({ name, color, values }: LegendEntry, widthPixels: number): readonly Svg[] {
  const room = widthPixels - MARK_PIXELS - values.length * VALUE_PIXELS;
  return [
    element('rect', { x: 0, y: BASELINE_PIXELS - 5, width: 11, height: 3, rx: 1, fill: color }),
    cell(fitText(name, FONT_PIXELS, room), MARK_PIXELS, INK),
    ...rightAligned(values, widthPixels, INK),
  ];
}

function rightAligned(texts: readonly string[], widthPixels: number, fill: string): readonly Svg[] {
  return texts.map((one, index) =>
    text(one, {
      x: widthPixels - (texts.length - 1 - index) * VALUE_PIXELS,
      y: BASELINE_PIXELS,
      'text-anchor': 'end',
      'font-size': FONT_PIXELS,
      fill,
    }),
  );
}

function cell(content: string, x: number, fill: string): Svg {
  return text(content, { x, y: BASELINE_PIXELS, 'font-size': FONT_PIXELS, fill });
}
