// The memory of a snapshot's tables: a source uses it again for the next snapshot, and there is more of it than there are rows.
import type { Snapshot } from '../../src/model/snapshot.ts';
import type { TcpTable, UdpTable } from '../../src/model/sockets.ts';
import { TCP_STATE_CODE } from '../../src/model/states.ts';

/** In each byte. */
const GARBAGE = 0xa5;
const GARBAGE_STATES = [TCP_STATE_CODE.close_wait, TCP_STATE_CODE.listen, TCP_STATE_CODE.established];

/** The snapshot with something in the slack of its tables. */
export function withGarbageInSlack(snapshot: Snapshot): Snapshot {
  const tables = Object.entries(snapshot.tables).map(([key, table]) => [key, withSlack(table)]);
  return { ...snapshot, tables: Object.fromEntries(tables) };
}

/** What a source does with the memory of a snapshot that it was given back. */
export function overwrite(snapshot: Snapshot): void {
  for (const table of Object.values(snapshot.tables)) {
    for (const column of Object.values(table)) if (ArrayBuffer.isView(column)) fill(column);
  }
}

function withSlack<T extends TcpTable | UdpTable>(table: T): T {
  const columns = Object.entries(table).map(([name, column]) => {
    const isColumn = column instanceof Uint8Array || column instanceof Uint16Array || column instanceof Uint32Array;
    return [name, isColumn ? withRoom(column, table) : column];
  });
  const roomy = Object.fromEntries(columns) as T;
  if ('state' in roomy) fillStates(roomy.state.subarray(roomy.length));
  return roomy;
}

/** Garbage that looks like rows: an earlier table's. */
function fillStates(slack: Uint8Array): void {
  for (let row = 0; row < slack.length; row++) slack[row] = GARBAGE_STATES[row % GARBAGE_STATES.length] ?? 0;
}

/** Twice the room, and a row more; garbage in all of it that is no row. */
function withRoom(column: Uint8Array | Uint16Array | Uint32Array, { length, pid }: UdpTable): typeof column {
  const wordsPerRow = Math.max(1, Math.round(column.length / Math.max(1, pid.length)));
  const rows = column.slice(0, length * wordsPerRow);
  const roomy = new (column.constructor as Uint32ArrayConstructor)((2 * length + 1) * wordsPerRow);
  fill(roomy);
  roomy.set(rows);
  return roomy;
}

function fill(column: ArrayBufferView): void {
  new Uint8Array(column.buffer, column.byteOffset, column.byteLength).fill(GARBAGE);
}
