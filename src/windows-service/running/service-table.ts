// The table of one service that StartServiceCtrlDispatcherW takes, with the service's name behind it.

import koffi from 'koffi';
import { wideString } from '../../sources/windows/utf16.ts';
import { RUNNING_LAYOUTS } from './layouts.ts';

const { size: ENTRY_BYTES, fields: ENTRY } = RUNNING_LAYOUTS.SERVICE_TABLE_ENTRYW;
/** An entry of zeros ends the table. */
const TABLE_BYTES = 2 * ENTRY_BYTES;

/** One piece of memory that points into itself: who holds it holds all. `main` is the address of ServiceMain. */
export function serviceTable(name: string, main: bigint): Uint8Array {
  const text = wideString(name);
  const memory = new Uint8Array(TABLE_BYTES + text.byteLength);
  const view = new DataView(memory.buffer);
  view.setBigUint64(ENTRY.lpServiceName, koffi.address(memory) + BigInt(TABLE_BYTES), true);
  view.setBigUint64(ENTRY.lpServiceProc, main, true);
  memory.set(new Uint8Array(text.buffer), TABLE_BYTES);
  return memory;
}
