// World: none.
import { describe, expect, it } from 'vitest';
import { growthOf } from './bounds.ts';
import type { Sample } from './program.ts';

const STEADY: Omit<Sample, 'collections'> = {
  residentBytes: 170e6,
  mainHeapBytes: 16e6,
  collectionHeapBytes: 11e6,
  externalBytes: 17e6,
  descriptors: 38,
  resources: 10,
  threads: 13,
};
type Piece = keyof typeof STEADY;

/** Of a run in which one of them changes, and nothing else. */
function samplesOf(collections: number, piece: Piece, change: (collections: number) => number): readonly Sample[] {
  return Array.from({ length: 48 }, (_, index) => {
    const made = Math.round(((index + 1) * collections) / 48);
    return { ...STEADY, collections: made, [piece]: STEADY[piece] + change(made) };
  });
}

const growing = (samples: readonly Sample[]) => growthOf(samples).flatMap(({ name, isFlat }) => (isFlat ? [] : [name]));

describe('growth', () => {
  const LEAKS = [
    ['residentBytes', 'resident memory', 8_000],
    ['mainHeapBytes', 'heap of the main thread', 1_000],
    ['collectionHeapBytes', 'heap of the collection thread', 1_000],
    ['externalBytes', 'memory outside of the heaps', 2_000],
    ['descriptors', 'file descriptors', 1 / 400],
    ['resources', 'timers, sockets and other resources', 1 / 400],
    ['threads', 'threads', 1 / 400],
  ] as const;

  it.each(LEAKS)('of %s is found in the short form', (piece, name, aCollection) => {
    expect(growing(samplesOf(2_000, piece, (collections) => Math.floor(collections * aCollection)))).toEqual([name]);
  });

  it.each(LEAKS)('of %s that is a quarter of that is found in the long form', (piece, name, aCollection) => {
    const growth = samplesOf(20_000, piece, (collections) => Math.floor((collections * aCollection) / 4));
    expect(growing(growth)).toEqual([name]);
  });

  it.each(LEAKS)('is not what happens to %s before the warm-up is over', (piece) => {
    expect(growing(samplesOf(2_000, piece, (collections) => (collections < 500 ? -10_000 : 0)))).toEqual([]);
  });

  it.each(LEAKS)('is not that %s gets less', (piece) => {
    expect(growing(samplesOf(2_000, piece, (collections) => -collections))).toEqual([]);
  });

  it('is told per 1,000 collections, with the medians at the beginning and at the end', () => {
    const [resident] = growthOf(samplesOf(48_000, 'residentBytes', (collections) => collections));
    // 36 samples are watched: nine of them at the beginning, nine at the end.
    expect(resident).toMatchObject({ slope: 1_000, atFirst: 170e6 + 17_000, atLast: 170e6 + 44_000, isFlat: true });
  });
});
