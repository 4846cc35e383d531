// Decoding a VARIANT: the value of a property, as WMI hands it over.

import { PartFailure } from '../../parts.ts';
import { VT_BSTR, VT_EMPTY, VT_I2, VT_I4, VT_NULL, VT_UI2, VT_UI4 } from './codes.ts';
import { COM_LAYOUTS } from './layouts.ts';

export type VariantValue = number | string | null;

const { size, fields } = COM_LAYOUTS.VARIANT;
const LITTLE_ENDIAN = true;

/**
 * The value of one VARIANT (oaidl.h). WMI gives a uint16 as VT_I4; the other 16- and 32-bit integers are taken too.
 * `readString` reads the BSTR at an address, which is 0 for an empty one. Throws a PartFailure `malformed` for any other
 * type, and for bytes that are no whole VARIANT; `property` is what to call it there.
 */
export function decodeVariant(
  bytes: Uint8Array,
  property: string,
  readString: (address: bigint) => string,
): VariantValue {
  if (bytes.byteLength < size) {
    throw new PartFailure('malformed', `${property} is a VARIANT of ${bytes.byteLength} bytes, not ${size}`);
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const type = view.getUint16(fields.vt, LITTLE_ENDIAN);
  switch (type) {
    case VT_EMPTY:
    case VT_NULL:
      return null;
    case VT_I2:
      return view.getInt16(fields.iVal, LITTLE_ENDIAN);
    case VT_I4:
      return view.getInt32(fields.lVal, LITTLE_ENDIAN);
    case VT_UI2:
      return view.getUint16(fields.uiVal, LITTLE_ENDIAN);
    case VT_UI4:
      return view.getUint32(fields.ulVal, LITTLE_ENDIAN);
    case VT_BSTR:
      return readString(view.getBigUint64(fields.bstrVal, LITTLE_ENDIAN));
    default:
      throw new PartFailure(
        'malformed',
        `${property} is a VARIANT of type ${type}, neither null, an integer nor a string`,
      );
  }
}
