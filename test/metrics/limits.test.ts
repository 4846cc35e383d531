// World: none; pure.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Aggregator, aggregate } from '../../src/metrics/aggregate.ts';
import { HOST_METRIC_NAMES, METRIC_NAMES } from '../../src/metrics/catalogue.ts';
import { type SeriesLimit, seriesLimits, totalSeries } from '../../src/metrics/limits.ts';
import type { Samples } from '../../src/metrics/samples.ts';
import type { AggregationSettings } from '../../src/metrics/settings.ts';
import { TCP_STATES } from '../../src/model/states.ts';
import type { TcpRow, UdpRow } from '../../src/sources/replay/format.ts';
import { DEFAULT_SETTINGS } from '../support/settings.ts';
import { snapshotOf } from '../support/snapshots.ts';
import { anySequence, anySettings } from './oracle/arbitraries.ts';

function limitsWith(settings: Partial<AggregationSettings>): ReadonlyMap<string, SeriesLimit> {
  return new Map(seriesLimits({ ...DEFAULT_SETTINGS, ...settings }).map((limit) => [limit.metric, limit]));
}

/** How many samples each metric has. */
function lengthsOf({ families }: Samples): Readonly<Record<string, number>> {
  return Object.fromEntries(families.map(({ name, values }) => [name, values.length]));
}

const DEFAULTS = DEFAULT_SETTINGS;
const ONE_PORT = { first: 443, last: 443 };

describe('how many series a metric can have', () => {
  it.each([
    ['netstat_tcp_segments_sent_total', {}, 2, '2 families'],
    ['netstat_tcp_connections', {}, 28, '2 families x 14 states'],
    ['netstat_process_tcp_connections', {}, 1_442, '(100 groups + _none, _unknown, _other) x 14 states'],
    [
      'netstat_process_tcp_connections',
      { pidLabel: true },
      1_442,
      '(100 groups + _none, _unknown, _other) x 14 states',
    ],
    ['netstat_process_udp_endpoints', { processLimit: 0 }, 3, '0 groups + _none, _unknown, _other'],
    ['netstat_process_close_wait_oldest_seconds', { processLimit: 7 }, 10, '7 groups + _none, _unknown, _other'],
    [
      'netstat_process_ephemeral_ports_used',
      { processLimit: 7 },
      20,
      '2 protocols x (7 groups + _none, _unknown, _other)',
    ],
    ['netstat_port_tcp_connections', {}, 2_814, '(200 ports + _other) x 14 states'],
    ['netstat_port_udp_endpoints', {}, 201, '200 ports + _other'],
    ['netstat_listener_info', { listenerLimit: 0 }, 0, '0 listeners'],
    ['netstat_ephemeral_port_range_info', {}, 4, '2 protocols x 2 families'],
    ['netstat_ephemeral_ports_used', {}, 4, '2 protocols x 2 families'],
    ['netstat_destination_tcp_connections', { destinationLimit: 9 }, 120, '(9 destinations + _other) x 12 states'],
    ['netstat_exporter_build_info', {}, 1, ''],
    ['netstat_exporter_collection_errors_total', {}, 221, '13 parts x (16 codes + _other)'],
    ['netstat_exporter_http_requests_total', {}, 153, '9 handlers x (16 codes + _other)'],
  ] as const)('%s with %j: %d, since %s', (metric, settings, series, reason) => {
    expect(limitsWith(settings).get(metric)).toMatchObject({ series, reason });
  });

  it('counts the ports that the configuration names once each, on top of the limit', () => {
    const portInclude = [{ first: 80, last: 89 }, { first: 85, last: 94 }, ONE_PORT];
    expect(limitsWith({ portInclude, portLimit: 5 }).get('netstat_port_udp_endpoints')).toMatchObject({
      series: 5 + 16 + 1,
      reason: '5 ports + 16 named ones + _other',
    });
  });

  it.each([
    [65_535, []],
    [65_535, [ONE_PORT]],
    [65_534, [ONE_PORT]],
    [0, [{ first: 1, last: 65_535 }]],
  ])('counts no more ports than there are, with a limit of %d and %j named', (portLimit, portInclude) => {
    const limits = limitsWith({ portLimit, portInclude });
    const reason = 'all 65535 ports + _other';
    expect(limits.get('netstat_port_udp_endpoints')).toMatchObject({ series: 65_536, reason });
    expect(limits.get('netstat_port_tcp_connections')).toMatchObject({
      series: 65_536 * 14,
      reason: `(${reason}) x 14 states`,
    });
  });

  it('is said of every metric, and of prom-client’s own', () => {
    expect([...limitsWith({}).keys()]).toEqual([...METRIC_NAMES, 'process_*, nodejs_*']);
  });

  it('is not said of groups that are not collected', () => {
    const groups = new Set(['connections', 'exporter'] as const);
    const limits = seriesLimits({ ...DEFAULTS, groups });
    expect(new Set(limits.map(({ group }) => group))).toEqual(groups);
    expect(limits.find(({ metric }) => metric === 'netstat_exporter_folded_groups')?.series).toBe(0);
    expect(seriesLimits({ ...DEFAULTS, groups: new Set() })).toEqual([]);
  });

  it('is the sum of all metrics for all of them', () => {
    const groups = new Set(['connections', 'listener'] as const);
    expect(totalSeries(seriesLimits({ ...DEFAULTS, groups }))).toBe(28 + 2 + 500);
  });
});

describe('no metric of the host has more series than its limit', () => {
  it('whatever the host, the settings, and what was shown before', () => {
    fc.assert(
      fc.property(anySequence, anySettings, (steps, settings) => {
        const limits = limitsWith(settings);
        const aggregator = new Aggregator(settings);
        for (const { rows, readAtMs } of steps) {
          const lengths = lengthsOf(aggregator.aggregate(snapshotOf(rows), readAtMs));
          for (const [metric, length] of Object.entries(lengths)) {
            expect(length, metric).toBeLessThanOrEqual(limits.get(metric)?.series ?? 0);
          }
        }
      }),
    );
  });

  it('and a host that has enough of everything reaches each of them', () => {
    const settings = {
      ...DEFAULTS,
      processLimit: 2,
      portLimit: 2,
      portInclude: [{ first: 8000, last: 8001 }],
      listenerLimit: 3,
      destinationLimit: 1,
    };
    const limits = HOST_METRIC_NAMES.map((name) => [name, limitsWith(settings).get(name)?.series]);
    expect(lengthsOf(aggregate(fullSnapshot(), settings))).toEqual(Object.fromEntries(limits));
  });
});

/** Three named processes, one that is unknown, and none; each has endpoints in all states and of all kinds on all ports. */
function fullSnapshot() {
  const pids = [1, 2, 3, 99, 0];
  const listeningPorts = [80, 81, 82, 8000, 8001];
  const ephemeralPort = 40_000;
  const tcp4 = pids.flatMap((pid) =>
    TCP_STATES.flatMap((state) => [
      ...listeningPorts.map((port): TcpRow => [state, '192.0.2.1', port, '0.0.0.0', 0, pid]),
      // Nobody listens on it: these are outbound.
      ...(state === 'listen' ? [] : ['198.51.100.1', '198.51.100.2']).map(
        (remote): TcpRow => [state, '192.0.2.1', ephemeralPort, remote, 5432, pid],
      ),
    ]),
  );
  const udp4 = pids.flatMap((pid) =>
    [...listeningPorts, ephemeralPort].map((port): UdpRow => ['192.0.2.1', port, pid]),
  );
  return snapshotOf({
    tcp4,
    udp4,
    processes: [
      [1, 'a'],
      [2, 'b'],
      [3, 'c'],
    ],
    statistics: { tcp4: TCP_STATISTICS, tcp6: TCP_STATISTICS, udp4: UDP_STATISTICS, udp6: UDP_STATISTICS },
  });
}

const TCP_STATISTICS = {
  rtoAlgorithm: 4,
  rtoMinMs: 1,
  rtoMaxMs: 1,
  maxConnections: 1,
  activeOpens: 1,
  passiveOpens: 1,
  attemptFails: 1,
  establishedResets: 1,
  currentEstablished: 1,
  segmentsReceived: 1,
  segmentsSent: 1,
  segmentsRetransmitted: 1,
  receiveErrors: 1,
  resetsSent: 1,
  currentConnections: 1,
};
const UDP_STATISTICS = {
  datagramsReceived: 1,
  datagramsSent: 1,
  datagramsNoPort: 1,
  receiveErrors: 1,
  receiveBufferErrors: 1,
  sendBufferErrors: 1,
  currentEndpoints: 1,
};
