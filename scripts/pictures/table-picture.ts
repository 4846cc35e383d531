// Panels of a table: as many rows as there is room for, the first of its order.
import type { PanelAnswers } from './answers.ts';
import { EDGE, FAINT_INK, INK, LINK_INK } from './colors.ts';
import { display } from './display.ts';
import type { Size } from './layout.ts';
import { type DrawnPanel, type Field, fieldOf } from './panel-json.ts';
import { element, type Svg, text } from './svg.ts';
import { type Row, tableRows } from './table-rows.ts';
import { fitText } from './text-width.ts';

interface Column {
  readonly header: string;
  readonly field: Field;
  readonly x: number;
  readonly widthPixels: number;
  readonly isNumeric: boolean;
}

const FONT_PIXELS = 12;
const LINE_PIXELS = 25;
const BASELINE_PIXELS = 17;
const SIDE_PIXELS = 10;
/** Of a column without a width of its own, at the least. */
const MIN_COLUMN_PIXELS = 60;

export function tablePicture(panel: DrawnPanel, answers: PanelAnswers, { widthPixels, heightPixels }: Size): Svg {
  const { headers, rows } = tableRows(panel, answers);
  if (rows.length === 0) return '';
  const fields = headers.map((header) => fieldOf(panel, header));
  const columns = place(headers, fields, rows, widthPixels);
  const roomForLines = Math.floor(heightPixels / LINE_PIXELS) - 1;
  // The last line tells how many there are, where that is more.
  const shown = rows.length > roomForLines ? rows.slice(0, roomForLines - 1) : rows;
  const more =
    rows.length === shown.length ? [] : [line(shown.length + 1, note(`1–${shown.length} of ${rows.length} rows`))];
  const rule = element('line', { x1: 0, x2: widthPixels, y1: 0, y2: 0, stroke: EDGE });
  return [
    line(0, ...columns.map((column) => write(column.header, column, FAINT_INK, 'bold'))),
    ...shown.map((row, index) => line(index + 1, rule, ...columns.map((column) => writeCell(row, column)))),
    ...more,
  ].join('');
}

/** Columns without a width share what is left. */
function place(
  headers: readonly string[],
  fields: readonly Field[],
  rows: readonly Row[],
  widthPixels: number,
): readonly Column[] {
  const given = fields.flatMap((field) => field.widthPixels ?? []);
  const left = widthPixels - given.reduce((sum, width) => sum + width, 0);
  const share = Math.max(MIN_COLUMN_PIXELS, left / (fields.length - given.length));
  let x = 0;
  return headers.map((header, index) => {
    const field = fields[index] ?? { thresholds: [], mappings: [] };
    const column = { header, field, x, widthPixels: field.widthPixels ?? share };
    x += column.widthPixels;
    return { ...column, isNumeric: rows.some((row) => typeof row[header] === 'number') };
  });
}

function line(index: number, ...parts: readonly Svg[]): Svg {
  return element('g', { transform: `translate(0 ${index * LINE_PIXELS})` }, ...parts);
}

function writeCell(row: Row, column: Column): Svg {
  const { header, field } = column;
  const value = row[header];
  if (value === undefined || value === '') return '';
  if (typeof value === 'string') return write(value, column, field.isLink ? LINK_INK : INK);
  const { text: shown, color } = display(value, field);
  return write(shown, column, field.isColored ? color : INK);
}

/** Numbers end where their column ends, texts begin where it begins. */
function write(content: string, { x, widthPixels, isNumeric }: Column, fill: string, weight = 'normal'): Svg {
  const fitting = fitText(content, FONT_PIXELS, widthPixels - SIDE_PIXELS);
  const position = isNumeric ? { x: x + widthPixels - SIDE_PIXELS, 'text-anchor': 'end' } : { x: x + SIDE_PIXELS };
  return text(fitting, { ...position, y: BASELINE_PIXELS, fill, 'font-size': FONT_PIXELS, 'font-weight': weight });
}

function note(content: string): Svg {
  return text(content, { x: SIDE_PIXELS, y: BASELINE_PIXELS, fill: FAINT_INK, 'font-size': FONT_PIXELS });
}
