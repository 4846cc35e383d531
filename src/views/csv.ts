// Endpoints as CSV (RFC 4180), which a spreadsheet can open without harm.

import type { Endpoint } from './endpoint.ts';

const LINE_END = '\r\n';
/** Lists within a cell. No name of a Windows service or systemd unit should have it; one that does is guarded, too. */
const LIST_SEPARATOR = ';';

/** Where a spreadsheet may begin a cell, and take what stands there for a formula. */
const FORMULA = /(^|[,;])(?= *[=+\-@\t\r])/g;

type Cell = string | number | null;

/** In the order of the cells. What is not there is an empty cell. */
const COLUMNS = [
  ['protocol', ({ protocol }) => protocol],
  ['family', ({ family }) => family],
  ['local address', ({ localAddress }) => localAddress],
  ['local port', ({ localPort }) => localPort],
  ['remote address', ({ remoteAddress }) => remoteAddress],
  ['remote port', ({ remotePort }) => remotePort],
  ['state', ({ state }) => state],
  ['process id', ({ pid }) => pid],
  ['process', ({ process }) => process],
  ['services', ({ services }) => services.join(LIST_SEPARATOR)],
] as const satisfies readonly (readonly [name: string, cellOf: (endpoint: Endpoint) => Cell])[];

/** The first line, with its end. */
export const CSV_HEADER: string = lineOf(COLUMNS.map(([name]) => name));

/** The endpoint's line, with its end. Its change and its queries are not told. */
export function csvLine(endpoint: Endpoint): string {
  return lineOf(COLUMNS.map(([, cellOf]) => cellOf(endpoint)));
}

function lineOf(cells: readonly Cell[]): string {
  return cells.map(written).join(',') + LINE_END;
}

function written(cell: Cell): string {
  if (typeof cell === 'number') return String(cell);
  return cell === null ? '' : quoted(guarded(cell));
}

/**
 * An apostrophe makes a formula text (OWASP, "CSV Injection"). Also after separators, since a spreadsheet may be set
 * to split at a semicolon and see no quotes where ours are.
 */
function guarded(text: string): string {
  return text.replace(FORMULA, "$1'");
}

/** RFC 4180, rules 5 to 7; also what has a semicolon, for readers that split at it. */
function quoted(text: string): string {
  return /[",;\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
