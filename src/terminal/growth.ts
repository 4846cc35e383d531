// By how much a counter has grown between two readings.

import type { OperatingSystem } from '../model/snapshot.ts';
import type { StatisticKind } from './statistics-rows.ts';

/** Where a counter of 32 bits begins again. */
const WRAP = 2 ** 32;

interface Reading {
  readonly os: OperatingSystem;
  readonly kind: StatisticKind;
  readonly before: number | undefined;
  readonly now: number | undefined;
}

/**
 * Undefined where it cannot be told: the number is no counter, one of the readings has none, or it has become smaller
 * without having wrapped: on Linux, whose counters have 64 bits, and from more than 32 bits on Windows.
 */
export function growth({ os, kind, before, now }: Reading): number | undefined {
  if (kind === 'gauge' || kind === 'algorithm' || before === undefined || now === undefined) return undefined;
  if (now >= before) return now - before;
  // A wide counter that has not reached 2³² yet never becomes smaller, so that one that does is not wide.
  return os === 'windows' && before < WRAP ? now - before + WRAP : undefined;
}
