// Makes small packages for Windows Installer, and reads their tables as msiinfo of msitools exports them.
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { buildMsi } from '../../scripts/build-msi.ts';
import { layOutProgram } from '../worlds/msi/build.ts';

/** How a column is declared: "Column Definition Format" of the archive files that are exported. */
export interface Column {
  readonly name: string;
  /** Text (`s`; `l` where it may be translated), a whole number (`i`) or a stream (`v`). */
  readonly kind: 's' | 'l' | 'i' | 'v';
  readonly isNullable: boolean;
  /** Characters at most, 0 for any; of numbers the bytes. */
  readonly size: number;
  readonly isKey: boolean;
}

export interface Table {
  readonly columns: readonly Column[];
  readonly rows: readonly Readonly<Record<string, string>>[];
}

export function summaryOf(file: string): Readonly<Record<string, string>> {
  const lines = execFileSync('msiinfo', ['suminfo', file], { encoding: 'utf8' }).split('\n');
  return Object.fromEntries(lines.map((line) => line.split(/: (.*)/s, 2)));
}

/** All that have rows, by name. */
function tablesOf(file: string): ReadonlyMap<string, Table> {
  const names = execFileSync('msiinfo', ['tables', file], { encoding: 'utf8' }).split('\n');
  const own = names.filter((name) => name !== '' && !name.startsWith('_'));
  const tables = own.map((name): [string, Table] => [name, readTable(file, name)]);
  return new Map(tables.filter(([, { rows }]) => rows.length > 0));
}

function readTable(file: string, name: string): Table {
  // Streams, such as icons, are written to the current folder.
  const exported = execFileSync('msiinfo', ['export', file, name], { encoding: 'utf8', cwd: dirname(file) });
  const [names = [], definitions = [], keys = [], ...lines] = exported
    .split('\r\n')
    .filter((line) => line !== '')
    .map((line) => line.split('\t'));
  const columns = names.map((column, index) => columnOf(column, definitions[index] ?? '', keys.slice(1)));
  return { columns, rows: lines.map((line) => Object.fromEntries(names.map((key, at) => [key, line[at] ?? '']))) };
}

function columnOf(name: string, definition: string, keys: readonly string[]): Column {
  const [, kind = '', size = ''] = /^([a-z])(\d+)$/i.exec(definition) ?? [];
  return {
    name,
    kind: kind.toLowerCase() as Column['kind'],
    isNullable: kind !== kind.toLowerCase(),
    size: Number(size),
    isKey: keys.includes(name),
  };
}

/** A package with a program of a few bytes, in the folder. */
export async function makeSmallPackage(folder: string): Promise<{ readonly from: string; readonly file: string }> {
  const from = join(folder, 'program');
  layOutProgram(from);
  writeFileSync(join(from, 'netstat-exporter.exe'), 'a program');
  return { from, file: await buildMsi({ from, into: folder, arch: 'x64' }) };
}

export interface Database {
  readonly tables: ReadonlyMap<string, Table>;
  rowsOf(table: string): Table['rows'];
  /** The row with this key; an empty one where there is none. */
  row(table: string, key: string): Readonly<Record<string, string>>;
  propertyOf(name: string): string | undefined;
}

export function openDatabase(file: string): Database {
  const tables = tablesOf(file);
  const rowsOf = (table: string): Table['rows'] => tables.get(table)?.rows ?? [];
  const row: Database['row'] = (table, key) => {
    const [first = ''] = tables.get(table)?.columns.map(({ name }) => name) ?? [];
    return rowsOf(table).find((each) => each[first] === key) ?? {};
  };
  return { tables, rowsOf, row, propertyOf: (name) => row('Property', name)['Value'] };
}
