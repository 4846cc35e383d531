// Results as text: tables for a terminal and for Markdown, which are the same.
import type { Figure, Unit } from './figures.ts';
import { type Cell, isMet, type Table, type Target } from './part.ts';

const DIGITS = 3;
const THOUSANDS = 1_000;

/** Three digits that count, and no more than that of decimals: `0.0093`, `1.31`, `16.6`, `12,400`. */
export function numberText(value: number): string {
  const whole = Math.abs(value) >= 100;
  const rounded = whole ? Math.round(value) : Number(value.toPrecision(DIGITS));
  return rounded.toLocaleString('en-US', { maximumFractionDigits: 6 });
}

export function figureText({ unit, median, spread: [low, high], runs }: Figure): string {
  return `${numberText(median)} ${unit} (${numberText(low)}–${numberText(high)}, ${runs} runs)`;
}

export function cellText(cell: Cell): string {
  if (typeof cell === 'string') return cell;
  if (typeof cell === 'number') return cell >= THOUSANDS ? cell.toLocaleString('en-US') : String(cell);
  return 'ratio' in cell ? numberText(cell.ratio) : figureText(cell);
}

/** A Markdown table with aligned columns, which reads as well in a terminal. */
export function tableText({ title, columns, rows }: Table): string {
  const texts = [columns, ...rows.map((row) => row.map(cellText))];
  const widths = columns.map((_, column) => Math.max(...texts.map((row) => (row[column] ?? '').length)));
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  const [head = [], ...body] = texts;
  const lines = [line(head), line(widths.map((width) => '-'.repeat(width))), ...body.map(line)];
  return [...(title === '' ? [] : [title, '']), ...lines].join('\n');
}

export function targetsTable(targets: readonly Target[]): Table {
  return {
    title: '',
    columns: ['Target', 'Measured', 'Reached'],
    rows: targets.map((target) => [
      `${target.of}: ${target.sense} ${amount(target.bound, target.unit)}`,
      amount(target.measured, target.unit),
      isMet(target) ? 'yes' : `no: ${target.why}`,
    ]),
  };
}

function amount(value: number, unit: Unit | 'times'): string {
  return `${numberText(value)} ${unit}`;
}
