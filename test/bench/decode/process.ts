// One process of the benchmark: `process.ts YARDSTICK ROWS` prints the medians of both as JSON, in milliseconds.
import { decodeTcp4Table } from '../../../src/sources/windows/table-decoder.ts';
import { mediansByTurns, timed } from '../harness/by-turns.ts';
import { loadYardstick } from '../yardstick/yardstick.ts';
import { decoding, tcpDecoding } from './decoded.ts';
import { busyServer, TABLES, type TableName } from './rows.ts';

/** Milliseconds: of the C code and of this program; of each kind of table, where the argument was `tables`. */
export type Medians = Readonly<Record<'c' | 'ours', number>>;
export type TableMedians = Readonly<Record<TableName, number>>;

const [file = '', rowsText = '', what = ''] = process.argv.slice(2);
const rows = Number(rowsText);
process.stdout.write(JSON.stringify(what === 'tables' ? tableMedians() : medians()));

function medians(): Medians {
  const yardstick = loadYardstick(file);
  const bytes = busyServer('tcp4', rows);
  const ours = tcpDecoding(decodeTcp4Table, bytes);
  yardstick.aggregate(bytes.words);
  const [ourCounts, theirCounts] = [ours().counts().join(' '), yardstick.counts().join(' ')];
  if (ourCounts !== theirCounts) throw new Error(`the C code counted ${theirCounts}, this program ${ourCounts}`);
  return mediansByTurns({ c: () => yardstick.aggregate(bytes.words), ours: () => timed(ours) });
}

function tableMedians(): TableMedians {
  const calls = TABLES.map((name) => {
    const decode = decoding(name, busyServer(name, rows));
    return [name, () => timed(decode)] as const;
  });
  return mediansByTurns(Object.fromEntries(calls) as Record<TableName, () => number>);
}
