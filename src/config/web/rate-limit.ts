// The group rate_limit.

import { ValueError } from '../error.ts';
import { durationOf, wholeNumberOf } from './go-values.ts';
import type { RateLimit } from './web-config.ts';
import { parseScalar, scalarOf, type WrittenConfig, type WrittenScalar } from './written.ts';

const NANOSECONDS_A_MILLISECOND = 1e6;
const DURATIONS = 'a duration such as 250ms, 1s, 1m30s, or 0 for no limit';
const BURSTS = `a whole number from 0 to ${Number.MAX_SAFE_INTEGER}, without quotes`;

/** Undefined: no limit. Throws ConfigError. */
export function readRateLimit(written: WrittenConfig, notes: string[]): RateLimit | undefined {
  const interval = scalarOf(written, 'rate_limit.interval');
  const burstScalar = scalarOf(written, 'rate_limit.burst');
  const burst = burstScalar === undefined ? 0 : parseScalar(burstScalar, () => burstOf(burstScalar));
  if (interval === undefined) return undefined;
  const intervalMs = parseScalar(interval, () => intervalOf(interval));
  if (intervalMs === 0) return undefined;
  if (wholeNumberOf(interval) !== undefined) notes.push(`${interval.where}: a number without a unit is nanoseconds`);
  if (burst === 0) notes.push(`${(burstScalar ?? interval).where}: a burst of 0 refuses every request`);
  return Object.freeze({ intervalMs, burst });
}

/** Go's durations are numbers of nanoseconds, and may be written so. */
function intervalOf(scalar: WrittenScalar): number {
  const nanoseconds = wholeNumberOf(scalar) ?? durationOf(scalar.text);
  if (nanoseconds === undefined) throw new ValueError('is not a duration', DURATIONS);
  if (nanoseconds < 0n) throw new ValueError('is negative', DURATIONS);
  return Number(nanoseconds) / NANOSECONDS_A_MILLISECOND;
}

function burstOf(scalar: WrittenScalar): number {
  const burst = wholeNumberOf(scalar);
  if (burst === undefined) throw new ValueError('is not a whole number', BURSTS);
  if (burst < 0n || burst > Number.MAX_SAFE_INTEGER) throw new ValueError('is out of range', BURSTS);
  return Number(burst);
}
