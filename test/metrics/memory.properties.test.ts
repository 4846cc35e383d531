// World: none; pure.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Aggregator } from '../../src/metrics/aggregate.ts';
import { DEFAULT_SETTINGS } from '../support/settings.ts';
import { type SnapshotRows, snapshotOf, type TcpSocketRow } from '../support/snapshots.ts';
import { anySequence, anySettings } from './oracle/arbitraries.ts';
import { linesOfSamples, toSamples } from './oracle/text.ts';

const MAX_CONNECTIONS = 4;
const MAX_STEPS = 6;

describe('what one collection knows of those before', () => {
  it('is nothing after a host without endpoints', () => {
    fc.assert(
      fc.property(anySequence, anySequence, anySettings, (earlier, later, settings) => {
        const [used, fresh] = [new Aggregator(settings), new Aggregator(settings)];
        for (const { rows, readAtMs } of earlier) used.aggregate(snapshotOf(rows), readAtMs);
        used.aggregate(snapshotOf({}), 1e6);
        for (const { rows, readAtMs } of later) {
          const snapshot = snapshotOf(rows);
          const expected = linesOfSamples(fresh.aggregate(snapshot, 1e7 + readAtMs));
          expect(linesOfSamples(used.aggregate(snapshot, 1e7 + readAtMs))).toEqual(expected);
        }
      }),
    );
  });

  it('does not depend on the order of the rows', () => {
    const reversed = ({
      tcp4 = [],
      tcp6 = [],
      udp4 = [],
      udp6 = [],
      processes = [],
      ...rest
    }: SnapshotRows): SnapshotRows => ({
      ...rest,
      tcp4: tcp4.toReversed(),
      tcp6: tcp6.toReversed(),
      udp4: udp4.toReversed(),
      udp6: udp6.toReversed(),
      processes: processes.toReversed(),
    });
    fc.assert(
      fc.property(anySequence, anySettings, (sequence, settings) => {
        const [one, other] = [new Aggregator(settings), new Aggregator(settings)];
        for (const { rows, readAtMs } of sequence) {
          const expected = linesOfSamples(one.aggregate(snapshotOf(rows), readAtMs));
          expect(linesOfSamples(other.aggregate(snapshotOf(reversed(rows)), readAtMs))).toEqual(expected);
        }
      }),
    );
  });
});

describe('the age of a connection in close_wait', () => {
  /** Each connection has a process of its own, so that each age can be seen; undefined is a table that could not be read. */
  const anySteps = fc.array(
    fc.option(
      fc.array(fc.constantFrom('close_wait', 'close_wait', 'last_ack', 'gone'), {
        minLength: MAX_CONNECTIONS,
        maxLength: MAX_CONNECTIONS,
      }),
      { nil: undefined, freq: 6 },
    ),
    { minLength: 1, maxLength: MAX_STEPS },
  );
  const rowsOf = (states: readonly string[] | undefined): SnapshotRows =>
    states === undefined
      ? { errors: ['tcp4'], missing: ['tcp4'] }
      : {
          tcp4: states.flatMap((state, i): readonly TcpSocketRow[] =>
            state === 'gone'
              ? []
              : [
                  [
                    state === 'last_ack' ? 'last_ack' : 'close_wait',
                    '192.0.2.1',
                    80,
                    '198.51.100.7',
                    50_000 + i,
                    i + 1,
                  ],
                ],
          ),
          processes: states.map((_, i) => [i + 1, `p${i}`]),
        };

  it('counts from the first of an unbroken row of collections that saw it there', () => {
    fc.assert(
      fc.property(
        anySteps,
        fc.array(fc.nat(100_000), { minLength: MAX_STEPS, maxLength: MAX_STEPS }),
        (steps, pausesMs) => {
          const aggregator = new Aggregator(DEFAULT_SETTINGS);
          const since = new Map<string, number>();
          let nowMs = 0;
          for (const [step, states] of steps.entries()) {
            nowMs += pausesMs[step] ?? 0;
            for (const [i, state] of (states ?? []).entries()) {
              if (state !== 'close_wait') since.delete(`p${i}`);
              else if (!since.has(`p${i}`)) since.set(`p${i}`, nowMs);
            }
            const ages = toSamples(aggregator.aggregate(snapshotOf(rowsOf(states)), nowMs))
              .filter(({ name }) => name === 'netstat_process_close_wait_oldest_seconds')
              .map(({ labels, value }) => [labels['process'], value]);
            const expected = [...since].map(([process, sinceMs]) => [process, (nowMs - sinceMs) / 1_000]);
            expect(Object.fromEntries(ages)).toEqual(states === undefined ? {} : Object.fromEntries(expected));
          }
        },
      ),
    );
  });
});
