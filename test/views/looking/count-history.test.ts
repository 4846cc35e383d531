// World: none; pure.
import { describe, expect, it } from 'vitest';
import { CountHistory, MAX_COLLECTIONS } from '../../../src/views/looking/count-history.ts';
import { type SnapshotRows, snapshotOf, type TcpSocketRow } from '../../support/snapshots.ts';

const START_MS = Date.UTC(2026, 10, 21, 12);
const LISTENER: TcpSocketRow = ['listen', '0.0.0.0', 80, '0.0.0.0', 0, 7];
const CLIENT: TcpSocketRow = ['established', '192.0.2.1', 80, '203.0.113.5', 50_000, 7];

/** Of collections that are a second apart. */
function historyOf(...collections: readonly SnapshotRows[]): ReturnType<CountHistory['read']> {
  const history = new CountHistory();
  for (const [second, rows] of collections.entries()) {
    history.add({ ...snapshotOf(rows), timestampMs: START_MS + second * 1_000 });
  }
  return history.read();
}

describe('the history of the counts', () => {
  it('has the collections, the oldest first, and 0 where there was none', () => {
    expect(historyOf({ tcp4: [LISTENER] }, { tcp4: [LISTENER, CLIENT] }, { udp4: [['0.0.0.0', 53, 7]] })).toEqual({
      times: ['2026-11-21T12:00:00.000Z', '2026-11-21T12:00:01.000Z', '2026-11-21T12:00:02.000Z'],
      counts: { listen: [1, 1, 0], established: [0, 1, 0], udp: [0, 0, 1] },
    });
  });

  it('has no number for a protocol of which a table could not be read', () => {
    const rows = { tcp4: [LISTENER], tcp6: [['listen', '::', 80, '::', 0, 7]], udp4: [['0.0.0.0', 53, 7]] } as const;
    expect(historyOf(rows, { ...rows, errors: ['tcp6'], missing: ['tcp6'] }).counts).toEqual({
      listen: [2, null],
      udp: [1, 1],
    });
    expect(historyOf(rows, { ...rows, errors: ['udp4'], missing: ['udp4'] }).counts).toEqual({
      listen: [2, 2],
      udp: [1, null],
    });
  });

  it('has the numbers of a host that has but one family', () => {
    expect(historyOf({ families: ['ipv4'], tcp4: [LISTENER] }).counts).toEqual({ listen: [1] });
  });

  it('leaves out a state that could never be told', () => {
    expect(historyOf({ tcp4: [LISTENER], errors: ['tcp4'], missing: ['tcp4'] }).counts).toEqual({});
  });

  it('forgets the oldest collections, and what only they had', () => {
    const later = Array.from({ length: MAX_COLLECTIONS }, (): SnapshotRows => ({ tcp4: [LISTENER] }));
    const { times, counts } = historyOf({ tcp4: [CLIENT] }, ...later);
    expect(times).toHaveLength(MAX_COLLECTIONS);
    expect(times[0]).toBe('2026-11-21T12:00:01.000Z');
    expect(counts).toEqual({ listen: later.map(() => 1) });
  });

  it('begins empty', () => {
    expect(new CountHistory().read()).toEqual({ times: [], counts: {} });
  });
});
