// World: none; pure.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Aggregator } from '../../../src/metrics/aggregate.ts';
import { overwrite, withGarbageInSlack } from '../../support/snapshot-memory.ts';
import { snapshotOf } from '../../support/snapshots.ts';
import { anySequence, anySettings } from './arbitraries.ts';
import { Oracle } from './oracle.ts';
import { linesOfExpected, linesOfSamples } from './text.ts';

/** TEST_RUNS=15000 is the long form. */
const RUNS = Number(process.env['TEST_RUNS'] ?? 1_000);

describe('for any sequence of snapshots and any settings', () => {
  it('each collection shows what the oracle expects of it', () => {
    fc.assert(
      fc.property(anySequence, anySettings, (sequence, settings) => {
        const aggregator = new Aggregator(settings);
        const oracle = new Oracle(settings);
        for (const { rows, readAtMs } of sequence) {
          const snapshot = withGarbageInSlack(snapshotOf(rows));
          const shown = linesOfSamples(aggregator.aggregate(snapshot, readAtMs));
          overwrite(snapshot);
          expect(shown).toEqual(linesOfExpected(oracle.expect(rows, readAtMs)));
        }
      }),
      { numRuns: RUNS },
    );
  });
});
