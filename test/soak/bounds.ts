// What is watched, and how fast it may grow.
import type { Sample } from './program.ts';
import { medianOf, slopeOf } from './slope.ts';

/** Thirty days at the default interval of 10 s. */
const MONTH_COLLECTIONS = 259_200;
const MEBIBYTE = 1024 * 1024;
/** Of all samples, the first that are left out: until compilers, caches and heaps have what they want. */
const WARM_UP_SHARE = 0.25;

interface Quantity {
  readonly name: string;
  readonly unit: 'MiB' | '';
  readonly of: (sample: Sample) => number;
  /** What it may grow by in a month: nobody would notice. */
  readonly monthly: number;
  /** What it may be off by on the way: without it the bound of a short run would be less than the noise. */
  readonly noise: number;
}

const QUANTITIES: readonly Quantity[] = [
  // A third of what the program needs, and a quarter of the limit in the unit for systemd.
  memory('resident memory', ({ residentBytes }) => residentBytes, 64, 8),
  memory('heap of the main thread', ({ mainHeapBytes }) => mainHeapBytes, 16, 1),
  memory('heap of the collection thread', ({ collectionHeapBytes }) => collectionHeapBytes, 16, 1),
  memory('memory outside of the heaps', ({ externalBytes }) => externalBytes, 16, 2),
  // A process may have 1,024 by default.
  count('file descriptors', ({ descriptors }) => descriptors),
  count('timers, sockets and other resources', ({ resources }) => resources),
  count('threads', ({ threads }) => threads),
];

function memory(name: string, of: Quantity['of'], monthlyMebibytes: number, noiseMebibytes: number): Quantity {
  return { name, unit: 'MiB', of, monthly: monthlyMebibytes * MEBIBYTE, noise: noiseMebibytes * MEBIBYTE };
}

function count(name: string, of: Quantity['of']): Quantity {
  return { name, unit: '', of, monthly: 100, noise: 2 };
}

/** In bytes, or pieces; slope and bound per 1,000 collections. */
export interface Growth {
  readonly name: string;
  readonly unit: Quantity['unit'];
  /** Medians of the first and the last quarter of the samples after the warm-up. */
  readonly atFirst: number;
  readonly atLast: number;
  readonly slope: number;
  readonly bound: number;
  readonly isFlat: boolean;
}

/** Of samples in the order of time, at least eight. */
export function growthOf(samples: readonly Sample[]): readonly Growth[] {
  const watched = samples.slice(Math.floor(samples.length * WARM_UP_SHARE));
  const quarter = Math.ceil(watched.length / 4);
  const collections = (watched.at(-1)?.collections ?? 0) - (watched[0]?.collections ?? 0);
  return QUANTITIES.map(({ name, unit, of, monthly, noise }) => {
    const slope = 1_000 * slopeOf(watched.map((sample) => ({ x: sample.collections, y: of(sample) })));
    const bound = 1_000 * (monthly / MONTH_COLLECTIONS + noise / collections);
    const atFirst = medianOf(watched.slice(0, quarter).map(of));
    const atLast = medianOf(watched.slice(-quarter).map(of));
    return { name, unit, atFirst, atLast, slope, bound, isFlat: slope <= bound };
  });
}
