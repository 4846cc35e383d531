// The id of this installation of Windows: the value MachineGuid of the registry, which the set-up of Windows writes.

import { HKEY_LOCAL_MACHINE, NO_ERROR, RRF_RT_REG_SZ, RRF_SUBKEY_WOW6464KEY } from './codes.ts';
import { decodeUtf16, wideString } from './utf16.ts';
import type { Windows } from './windows.ts';

const KEY = 'SOFTWARE\\Microsoft\\Cryptography';
const VALUE = 'MachineGuid';
/** The text of a GUID takes 74 with its NUL. A value that is longer than this is none. */
const MAX_VALUE_BYTES = 128;
/** Windows ends a text with a NUL; what follows that is no part of it. */
const GUID_TEXT = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?:\0|$)/i;

/**
 * A GUID's text in lower case: `4d5ae2f0-6f3c-4b0e-9a50-0d7d9d1b5a3e`. Undefined where the registry has none or does not
 * give it: the exporter needs no id to do its work.
 * From the 64-bit view of the registry: programs of 32 bits have a view of their own, without this value.
 */
export function readMachineId({ advapi32 }: Pick<Windows, 'advapi32'>): string | undefined {
  if (advapi32.getRegistryValue.missing !== undefined) return undefined;
  const bytes = new Uint8Array(MAX_VALUE_BYTES);
  const size = Uint32Array.of(bytes.byteLength);
  const flags = RRF_RT_REG_SZ | RRF_SUBKEY_WOW6464KEY;
  const [key, value] = [wideString(KEY), wideString(VALUE)];
  const code = advapi32.getRegistryValue(HKEY_LOCAL_MACHINE, key, value, flags, null, bytes, size);
  return code === NO_ERROR ? parseMachineGuid(bytes.subarray(0, size[0])) : undefined;
}

/** The GUID's text that the bytes of a REG_SZ value hold, in lower case; undefined for whatever else they hold. */
export function parseMachineGuid(bytes: Uint8Array): string | undefined {
  return GUID_TEXT.exec(decodeUtf16(bytes))?.[1]?.toLowerCase();
}
