// Durations as Go and Prometheus write them (`10s`, `1m30s`, `1.5h`, `500ms`, `0`), in milliseconds.

import { ValueError } from '../error.ts';

export const SECOND_MS = 1_000;
export const HOUR_MS = 3_600_000;

const UNITS = [
  ['d', 86_400_000],
  ['h', HOUR_MS],
  ['m', 60_000],
  ['s', SECOND_MS],
  ['ms', 1],
] as const;

/** Descending units, each at most once. Three decimals, so that every unit comes to whole milliseconds. */
const PATTERN =
  /^(?:(\d+(?:\.\d{1,3})?)d)?(?:(\d+(?:\.\d{1,3})?)h)?(?:(\d+(?:\.\d{1,3})?)m)?(?:(\d+(?:\.\d{1,3})?)s)?(?:(\d+)ms)?$/;

/** More digits than these are out of any range. */
const MILLISECONDS = /^\d{1,15}$/;

const ALLOWED = '0, or a number with a unit such as 500ms, 10s, 1m30s';

export interface DurationRange {
  readonly minimumMs: number;
  readonly maximumMs: number;
  /** Whether 0 is allowed below the minimum; it then means something of its own. */
  readonly zero: boolean;
}

/** A parser for durations within a range, in whole milliseconds. */
export function durationBetween(range: DurationRange): (text: string) => number {
  const { minimumMs, maximumMs, zero } = range;
  const limits = `${zero ? '0, or ' : ''}${formatDuration(minimumMs)} to ${formatDuration(maximumMs)}`;
  return (text) => {
    const durationMs = parseDuration(text);
    if (durationMs === 0 && zero) return 0;
    if (durationMs < minimumMs || durationMs > maximumMs) throw new ValueError('is out of range', limits);
    return durationMs;
  };
}

/** A parser for the same durations as plain numbers of milliseconds, as variables of the OpenTelemetry specification have them. */
export function millisecondsBetween({ minimumMs, maximumMs, zero }: DurationRange): (text: string) => number {
  const allowed = `${zero ? '0, or ' : ''}whole milliseconds, ${minimumMs} to ${maximumMs}`;
  return (text) => {
    if (!MILLISECONDS.test(text)) throw new ValueError('is not a number of milliseconds', allowed);
    const durationMs = Number(text);
    if (durationMs === 0 && zero) return 0;
    if (durationMs < minimumMs || durationMs > maximumMs) throw new ValueError('is out of range', allowed);
    return durationMs;
  };
}

/** Whole milliseconds. Throws ValueError. */
export function parseDuration(text: string): number {
  if (text === '0') return 0;
  const counts = PATTERN.exec(text)?.slice(1);
  if (text === '' || counts === undefined) throw new ValueError('is not a duration', ALLOWED);
  const totalMs = UNITS.reduce((sumMs, [, unitMs], index) => sumMs + Number(counts[index] ?? 0) * unitMs, 0);
  if (totalMs > Number.MAX_SAFE_INTEGER) throw new ValueError('is too long', ALLOWED);
  return Math.round(totalMs);
}

/** The shortest text without decimals that parses to the same whole, non-negative milliseconds: `1m30s`, `0`. */
export function formatDuration(durationMs: number): string {
  let text = '';
  let restMs = durationMs;
  for (const [unit, unitMs] of UNITS) {
    const count = Math.floor(restMs / unitMs);
    restMs -= count * unitMs;
    if (count > 0) text += `${count}${unit}`;
  }
  return text === '' ? '0' : text;
}
