// Booleans and whole numbers as go-yaml 2 takes them, and durations as Go writes them.

import { ValueError } from '../error.ts';
import type { WrittenScalar } from './written.ts';

/** Longer texts are out of any range, and would take time. */
const MAXIMUM_NUMBER_LENGTH = 64;
/** Go's int64. */
const MAXIMUM_INTEGER = 2n ** 63n - 1n;

const TRUE = ['y', 'Y', 'yes', 'Yes', 'YES', 'true', 'True', 'TRUE', 'on', 'On', 'ON'];
const FALSE = ['n', 'N', 'no', 'No', 'NO', 'false', 'False', 'FALSE', 'off', 'Off', 'OFF'];

const BEGINS_AS_NUMBER = /^[-+.\d]/;
const OCTAL = /^0[0-7]+$/;
const WHOLE = /^(?:0[xX][\da-fA-F]+|0[oO][0-7]+|0[bB][01]+|0|[1-9]\d*)$/;
const DECIMAL = /^(?:\.\d+|\d+(?:\.\d*)?)(?:[eE][-+]?\d+)?$/;

const NANOSECONDS = new Map([
  ['ns', 1n],
  ['us', 1_000n],
  // The micro sign, and the Greek letter.
  ['\u00b5s', 1_000n],
  ['\u03bcs', 1_000n],
  ['ms', 1_000_000n],
  ['s', 1_000_000_000n],
  ['m', 60_000_000_000n],
  ['h', 3_600_000_000_000n],
]);
const DURATION = /^[-+]?(?:(?:\d+(?:\.\d*)?|\.\d+)(?:ns|us|\u00b5s|\u03bcs|ms|s|m|h))+$/;
const DURATION_PART = /(\d*)(?:\.(\d*))?(ns|us|\u00b5s|\u03bcs|ms|s|m|h)/g;

/** YAML 1.1 has more words than `true` and `false`. Throws ValueError. */
export function booleanOf({ text, isPlain }: WrittenScalar): boolean {
  if (isPlain && TRUE.includes(text)) return true;
  if (isPlain && FALSE.includes(text)) return false;
  throw new ValueError('is not a boolean', 'true or false, without quotes');
}

/**
 * What YAML takes for a number, cut to a whole one; undefined: a text, or beyond 64 bits. With `_` between digits, in the
 * bases 2, 8 and 16 too; a leading 0 makes it octal.
 */
export function wholeNumberOf({ text, isPlain }: WrittenScalar): bigint | undefined {
  if (!isPlain || text.length > MAXIMUM_NUMBER_LENGTH || !BEGINS_AS_NUMBER.test(text)) return undefined;
  const digits = text.replaceAll('_', '').replace(/^[-+]/, '');
  const magnitude = magnitudeOf(digits);
  if (magnitude === undefined || magnitude > MAXIMUM_INTEGER) return undefined;
  return text.startsWith('-') ? -magnitude : magnitude;
}

function magnitudeOf(digits: string): bigint | undefined {
  if (OCTAL.test(digits)) return BigInt(`0o${digits.slice(1)}`);
  if (WHOLE.test(digits)) return BigInt(digits.toLowerCase());
  if (!DECIMAL.test(digits)) return undefined;
  const number = Number(digits);
  return Number.isFinite(number) ? BigInt(Math.trunc(number)) : undefined;
}

/** Nanoseconds; undefined: no duration, or beyond 64 bits. Go's time.ParseDuration: `1h2m3.5s`, `-1us`, `0`. */
export function durationOf(text: string): bigint | undefined {
  if (text.length > MAXIMUM_NUMBER_LENGTH) return undefined;
  if (/^[-+]?0$/.test(text)) return 0n;
  if (!DURATION.test(text)) return undefined;
  let total = 0n;
  for (const [, whole = '', fraction = '', unit = ''] of text.matchAll(DURATION_PART)) {
    const unitNanoseconds = NANOSECONDS.get(unit) ?? 0n;
    total += BigInt(whole) * unitNanoseconds;
    total += (BigInt(fraction) * unitNanoseconds) / 10n ** BigInt(fraction.length);
  }
  if (total > MAXIMUM_INTEGER) return undefined;
  return text.startsWith('-') ? -total : total;
}
