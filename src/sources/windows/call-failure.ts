// What Windows says about an error code, and the failure of a part that comes of one.

import { PartFailure } from '../parts.ts';
import type { Kernel32 } from './bindings.ts';
import { FORMAT_MESSAGE_FROM_SYSTEM, FORMAT_MESSAGE_IGNORE_INSERTS } from './codes.ts';
import { decodeUtf16 } from './utf16.ts';

/** Win32 codes are below; above are NTSTATUS and HRESULT values, which everybody knows in hexadecimal. */
const FIRST_HEXADECIMAL_CODE = 0x1_0000;
const MAX_TEXT_UNITS = 1024;

/**
 * The failure of a call that returned `code`: `GetExtendedTcpTable(AF_INET, TCP_TABLE_OWNER_PID_ALL) failed: 5 (Access is denied.)`.
 * `call` is the function with the arguments that matter; `note` is what else the reader should know.
 */
export function callFailure(kernel32: Kernel32, call: string, code: number, note?: string): PartFailure {
  const message = `${call} failed: ${describeCode(kernel32, code)}`;
  return new PartFailure(codeLabel(code), note === undefined ? message : `${message}; ${note}`);
}

/** The code as a label: decimal for Win32 codes, `0xC0000001` for an NTSTATUS. */
function codeLabel(code: number): string {
  return code < FIRST_HEXADECIMAL_CODE ? String(code) : hexadecimal(code);
}

function describeCode(kernel32: Kernel32, code: number): string {
  const label = codeLabel(code);
  const text = systemText(kernel32, code) || hexadecimal(code);
  return text === label ? label : `${label} (${text})`;
}

function hexadecimal(code: number): string {
  return `0x${code.toString(16).toUpperCase().padStart(4, '0')}`;
}

/** The system's text in its own language, on one line; empty where it has none for the code, or cannot be asked. */
function systemText(kernel32: Kernel32, code: number): string {
  const text = new Uint16Array(MAX_TEXT_UNITS);
  const flags = FORMAT_MESSAGE_FROM_SYSTEM | FORMAT_MESSAGE_IGNORE_INSERTS;
  try {
    const units = kernel32.formatMessage(flags, null, code, 0, text, MAX_TEXT_UNITS, null);
    return decodeUtf16(text.subarray(0, units)).replace(/\s+/g, ' ').trim();
  } catch (error) {
    // The code alone still tells what happened; that its text could not be had must not take its place.
    if (error instanceof PartFailure) return '';
    throw error;
  }
}
