// GUIDs, from their text to the bytes that COM takes.

import { COM_LAYOUTS } from './layouts.ts';

const { size, fields } = COM_LAYOUTS.GUID;
const LITTLE_ENDIAN = true;

/** A GUID structure (guiddef.h) of a text such as `4590f811-1d3a-11d0-891f-00aa004b2e24`: its first three groups are numbers, the rest are bytes. */
export function encodeGuid(text: string): Uint8Array {
  const [data1 = '', data2 = '', data3 = '', data4 = '', data5 = ''] = text.split('-');
  const bytes = new Uint8Array(size);
  const view = new DataView(bytes.buffer);
  view.setUint32(fields.Data1, Number.parseInt(data1, 16), LITTLE_ENDIAN);
  view.setUint16(fields.Data2, Number.parseInt(data2, 16), LITTLE_ENDIAN);
  view.setUint16(fields.Data3, Number.parseInt(data3, 16), LITTLE_ENDIAN);
  bytes.set(Buffer.from(data4 + data5, 'hex'), fields.Data4);
  return bytes;
}
