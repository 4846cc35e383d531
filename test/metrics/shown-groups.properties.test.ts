// World: none; pure.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Aggregator } from '../../src/metrics/aggregate.ts';
import type { HostMetricName } from '../../src/metrics/catalogue.ts';
import type { AggregationSettings } from '../../src/metrics/settings.ts';
import type { UdpRow } from '../../src/sources/replay/format.ts';
import { DEFAULT_SETTINGS } from '../support/settings.ts';
import { type SnapshotRows, snapshotOf, type TcpSocketRow } from '../support/snapshots.ts';
import { toSamples } from './oracle/text.ts';

/** Groups of one kind, numbered from 0: how a host with so many endpoints of each looks, and how its series are told. */
interface Kind {
  readonly kind: string;
  readonly rows: (endpoints: readonly number[]) => SnapshotRows;
  readonly limit: (limit: number) => Partial<AggregationSettings>;
  readonly metric: HostMetricName;
  readonly label: string;
  readonly valueOf: (group: number) => string;
}

const MAX_GROUPS = 5;
const MAX_STEPS = 6;
/** Of each property and kind. */
const RUNS = 40;

function each<T>(endpoints: readonly number[], row: (group: number, copy: number) => T): readonly T[] {
  return endpoints.flatMap((count, group) => Array.from({ length: count }, (_, copy) => row(group, copy)));
}

const connection = (group: number, copy: number): TcpSocketRow => [
  'established',
  '192.0.2.1',
  40_000 + 100 * group + copy,
  `203.0.113.${group}`,
  443,
  group + 1,
];
const listener = (group: number, copy: number): TcpSocketRow => [
  'listen',
  `192.0.2.${copy}`,
  80 + group,
  '0.0.0.0',
  0,
  1,
];
const bound = (group: number, copy: number): UdpRow => [`192.0.2.${copy}`, 80 + group, 1];

const KINDS: readonly Kind[] = [
  {
    kind: 'processes',
    rows: (endpoints) => ({
      tcp4: each(endpoints, connection),
      processes: endpoints.map((_, group) => [group + 1, `p${group}`]),
    }),
    limit: (processLimit) => ({ processLimit }),
    metric: 'netstat_process_tcp_connections',
    label: 'process',
    valueOf: (group) => `p${group}`,
  },
  {
    kind: 'destinations',
    rows: (endpoints) => ({ tcp4: each(endpoints, connection) }),
    limit: (destinationLimit) => ({ destinationLimit }),
    metric: 'netstat_destination_tcp_connections',
    label: 'remote_address',
    valueOf: (group) => `203.0.113.${group}`,
  },
  {
    kind: 'TCP ports',
    rows: (endpoints) => ({ tcp4: each(endpoints, listener) }),
    limit: (portLimit) => ({ portLimit }),
    metric: 'netstat_port_tcp_connections',
    label: 'port',
    valueOf: (group) => `${80 + group}`,
  },
  {
    kind: 'UDP ports',
    rows: (endpoints) => ({ udp4: each(endpoints, bound) }),
    limit: (portLimit) => ({ portLimit }),
    metric: 'netstat_port_udp_endpoints',
    label: 'port',
    valueOf: (group) => `${80 + group}`,
  },
  {
    kind: 'listeners',
    rows: (endpoints) => ({ udp4: each(endpoints, (group) => bound(group, 1)) }),
    limit: (listenerLimit) => ({ listenerLimit }),
    metric: 'netstat_listener_info',
    label: 'port',
    valueOf: (group) => `${80 + group}`,
  },
];

/** Counts that stay near each other, so that each change is a small one; 0 is a group that is not there. */
const anyEndpoints = fc.array(
  fc.oneof(
    { weight: 9, arbitrary: fc.integer({ min: 4, max: 7 }) },
    { weight: 1, arbitrary: fc.constantFrom(0, 1, 20) },
  ),
  {
    minLength: MAX_GROUPS,
    maxLength: MAX_GROUPS,
  },
);
const anyChanges = fc.array(anyEndpoints, { minLength: 2, maxLength: MAX_STEPS });

/** Calls `holds` for each collection but the first with the groups shown before it and by it. */
function forAny(
  kind: Kind,
  holds: (endpoints: readonly number[], before: readonly number[], now: readonly number[], limit: number) => void,
): void {
  fc.assert(
    fc.property(anyChanges, fc.integer({ min: 0, max: MAX_GROUPS }), (changes, limit) => {
      const aggregator = new Aggregator({ ...DEFAULT_SETTINGS, ...kind.limit(limit) });
      let before: readonly number[] | undefined;
      for (const [step, endpoints] of changes.entries()) {
        const samples = toSamples(aggregator.aggregate(snapshotOf(kind.rows(endpoints)), step));
        const own = samples.filter(({ name }) => name === kind.metric).map(({ labels }) => labels[kind.label]);
        const now = endpoints.flatMap((_, group) => (own.includes(kind.valueOf(group)) ? [group] : []));
        if (before !== undefined) holds(endpoints, before, now, limit);
        before = now;
      }
    }),
    { numRuns: RUNS },
  );
}

describe.each(KINDS)('the $kind that are shown', (kind) => {
  const weightOf = (endpoints: readonly number[], group: number): number => endpoints[group] ?? 0;

  it('stay while none that is hidden has more than 1.25 times their endpoints', () => {
    forAny(kind, (endpoints, before, now) => {
      const hidden = endpoints.flatMap((_, group) => (before.includes(group) ? [] : [group]));
      const left = before.filter((group) => weightOf(endpoints, group) > 0);
      const isStable = hidden.every((rival) =>
        left.every((group) => weightOf(endpoints, rival) <= 1.25 * weightOf(endpoints, group)),
      );
      if (isStable) expect(now).toEqual(expect.arrayContaining(left));
    });
  });

  it('give way at once to one that has more', () => {
    forAny(kind, (endpoints, before, now) => {
      const hidden = endpoints.flatMap((count, group) => (count === 0 || now.includes(group) ? [] : [group]));
      for (const group of now) {
        const allowed = (before.includes(group) ? 1.25 : 1) * weightOf(endpoints, group);
        for (const rival of hidden) {
          const claim = (before.includes(rival) ? 1.25 : 1) * weightOf(endpoints, rival);
          expect(claim).toBeLessThanOrEqual(allowed);
        }
      }
    });
  });

  it('are as many as the limit allows', () => {
    forAny(kind, (endpoints, _before, now, limit) => {
      expect(now).toHaveLength(Math.min(limit, endpoints.filter((count) => count > 0).length));
    });
  });
});
