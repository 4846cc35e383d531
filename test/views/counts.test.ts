// World: none; pure.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { blocksOf } from '../../src/views/blocks.ts';
import { withChanges } from '../../src/views/changes/changes.ts';
import { countEndpoints } from '../../src/views/counts.ts';
import { anySequence } from '../metrics/oracle/arbitraries.ts';
import { type SnapshotRows, snapshotOf } from '../support/snapshots.ts';
import { endpointsOf } from './counted-endpoints.ts';

const RUNS = 200;
const ROWS: SnapshotRows = {
  tcp4: [
    ['listen', '0.0.0.0', 80, '0.0.0.0', 0, 7],
    ['established', '192.0.2.1', 80, '203.0.113.5', 50_000, 7],
  ],
  tcp6: [['listen', '::', 80, '::', 0, 7]],
  udp6: [['::', 53, 7]],
};

describe('endpoints are counted', () => {
  it('by state, and UDP, without what there is none of', () => {
    expect(countEndpoints(blocksOf(snapshotOf(ROWS)))).toEqual({ listen: 2, established: 1, udp: 1 });
    expect(countEndpoints(blocksOf(snapshotOf({})))).toEqual({});
  });

  it('of a selection alone, in whatever order it is', () => {
    const blocks = blocksOf(snapshotOf(ROWS));
    expect(countEndpoints(blocks, Uint32Array.of(3, 0, 2))).toEqual({ listen: 2, udp: 1 });
    expect(countEndpoints(blocks, new Uint32Array())).toEqual({});
  });

  it('without those of a table that was not read', () => {
    expect(countEndpoints(blocksOf(snapshotOf({ ...ROWS, missing: ['tcp4'] })))).toEqual({ listen: 1, udp: 1 });
  });

  it('without those that have closed', () => {
    const blocks = withChanges(snapshotOf({ udp6: [['::', 53, 7]] }), snapshotOf(ROWS));
    expect(countEndpoints(blocks)).toEqual({ udp: 1 });
    expect(countEndpoints(blocks, Uint32Array.of(3, 2, 1, 0))).toEqual({ udp: 1 });
  });

  it('each once, for any two collections and any selection', () => {
    fc.assert(
      fc.property(anySequence, fc.infiniteStream(fc.boolean()), (sequence, isMeant) => {
        const [before = {}, now = {}] = sequence.slice(-2).map(({ rows }) => rows);
        const blocks = withChanges(snapshotOf(now), snapshotOf(before));
        const endpoints = endpointsOf(blocks);
        const numbers = [...endpoints.keys()].filter(() => isMeant.next().value);
        const counts = new Map<string, number>();
        for (const { state, change } of numbers.flatMap((number) => endpoints[number] ?? [])) {
          if (change !== 'closed') counts.set(state ?? 'udp', (counts.get(state ?? 'udp') ?? 0) + 1);
        }
        expect(countEndpoints(blocks, Uint32Array.from(numbers))).toEqual(Object.fromEntries(counts));
      }),
      { numRuns: RUNS },
    );
  });
});
