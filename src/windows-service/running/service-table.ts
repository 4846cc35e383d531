// The table of one service that StartServiceCtrlDispatcherW takes, with the service's name behind it.

import { wideString } from '../../sources/windows/utf16.ts';
import { SERVICE_LAYOUTS } from '../layouts.ts';
import { encodeStruct } from '../structs.ts';

const { size: ENTRY_BYTES, fields: ENTRY } = SERVICE_LAYOUTS.SERVICE_TABLE_ENTRYW;
/** An entry of zeros ends the table. */
const TABLE_BYTES = 2 * ENTRY_BYTES;

/** One piece of memory that points into itself: who holds it holds all. `main` is the address of ServiceMain. */
export function serviceTable(name: string, main: bigint): Uint8Array {
  const block = new Uint8Array(wideString(name).buffer);
  const table = encodeStruct(TABLE_BYTES, [], { pointer: ENTRY.lpServiceName, block });
  new DataView(table.buffer).setBigUint64(ENTRY.lpServiceProc, main, true);
  return table;
}
