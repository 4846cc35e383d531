// Endpoints as lines of aligned columns: a line of headings, and a line each.

import type { Endpoint } from '../views/endpoint.ts';
import { type ColumnWidths, fitColumns, gapAfter } from './column-widths.ts';
import { COLUMN_NAMES, COLUMNS, type ColumnName } from './columns.ts';
import { type Paint, STATE_STYLES } from './paint.ts';
import { cutAddress, cutEnd, TextWidths } from './text-width.ts';

export interface ListingStyle {
  /** Columns of the terminal, which no line exceeds; undefined: nothing is cut. */
  readonly width: number | undefined;
  /** Whether there is a column that marks what is new, changed and closed. */
  readonly marksChanges: boolean;
  readonly paint: Paint;
}

/** Lines without their ends. All endpoints are looked at before the first line: the columns are as wide as they need. */
export function* listEndpoints(endpoints: readonly Endpoint[], style: ListingStyle): Generator<string> {
  const names = new TextWidths();
  const natural = naturalWidths(endpoints, style.marksChanges, names);
  const row = new Row(style.width === undefined ? natural : fitColumns(natural, style.width), names, style);
  yield row.headings();
  for (const endpoint of endpoints) yield row.of(endpoint);
}

function naturalWidths(endpoints: readonly Endpoint[], marksChanges: boolean, names: TextWidths): ColumnWidths {
  const widths = COLUMN_NAMES.map((column) => {
    const { heading, holds, cell } = COLUMNS[column];
    if (column === 'change') return [column, marksChanges ? 1 : 0];
    let widest = heading.length;
    for (const endpoint of endpoints) {
      const text = cell(endpoint);
      widest = Math.max(widest, holds === 'name' ? names.of(text) : text.length);
    }
    return [column, widest];
  });
  return Object.fromEntries(widths) as ColumnWidths;
}

class Row {
  readonly #widths: ColumnWidths;
  readonly #shown: readonly ColumnName[];
  readonly #names: TextWidths;
  readonly #style: ListingStyle;

  constructor(widths: ColumnWidths, names: TextWidths, style: ListingStyle) {
    this.#widths = widths;
    this.#shown = COLUMN_NAMES.filter((column) => widths[column] > 0);
    this.#names = names;
    this.#style = style;
  }

  headings(): string {
    const line = this.#join((column) => {
      const width = this.#widths[column];
      const heading = cutEnd(COLUMNS[column].heading, width);
      return COLUMNS[column].holds === 'number' ? heading.padStart(width) : heading.padEnd(width);
    });
    return this.#style.paint('heading', line);
  }

  of(endpoint: Endpoint): string {
    const { paint } = this.#style;
    const { change, state } = endpoint;
    const stateStyle = change !== undefined || state === null ? undefined : STATE_STYLES[state];
    const line = this.#join((column) => {
      const cell = this.#cell(column, COLUMNS[column].cell(endpoint));
      return column === 'state' && stateStyle !== undefined ? paint(stateStyle, cell) : cell;
    });
    return change === undefined ? line : paint(change, line);
  }

  #cell(column: ColumnName, text: string): string {
    const width = this.#widths[column];
    switch (COLUMNS[column].holds) {
      case 'name':
        return this.#names.fit(text, width);
      case 'address':
        return cutAddress(text, width).padEnd(width);
      case 'number':
        return text.padStart(width);
      case 'word':
        return text.padEnd(width);
    }
  }

  #join(cellOf: (column: ColumnName) => string): string {
    const last = this.#shown.at(-1);
    let line = '';
    for (const column of this.#shown) line += cellOf(column) + (column === last ? '' : gapAfter(column));
    return line.trimEnd();
  }
}
