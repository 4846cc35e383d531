// The text of an event, as the event log takes it.

import { wideString } from '../../sources/windows/utf16.ts';
import { encodeStruct } from '../structs.ts';

/** "Each string is limited to 31,839 characters" (ReportEventW function). */
export const MAX_EVENT_UNITS = 31_839;
const ELLIPSIS = '…';
/** Half of a character that takes two units. */
const LONE_HIGH_SURROGATE = /[\ud800-\udbff]$/;
const POINTER_BYTES = 8;

/**
 * As much of the text as fits, with what is said behind it. The event viewer puts other texts in the place of `%1` and
 * `%%1`, wherever they come from: a space keeps it from that (`fe80::1% 1`).
 */
export function eventText(text: string, behind = ''): string {
  const shown = text.replace(/%(?=\d)/g, '% ');
  const room = MAX_EVENT_UNITS - behind.length;
  if (shown.length <= room) return shown + behind;
  return shown.slice(0, room - ELLIPSIS.length).replace(LONE_HIGH_SURROGATE, '') + ELLIPSIS + behind;
}

/** An array of one string, as ReportEventW takes it: a pointer, and the text that it points to, in one piece of memory. */
export function oneString(text: string): Uint8Array {
  return encodeStruct(POINTER_BYTES, [], { pointer: 0, block: new Uint8Array(wideString(text).buffer) });
}
