// World: none; pure.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Aggregator, aggregate } from '../../src/metrics/aggregate.ts';
import type { HostMetricName } from '../../src/metrics/catalogue.ts';
import type { Samples } from '../../src/metrics/samples.ts';
import { TCP_STATES } from '../../src/model/states.ts';
import type { TcpRow, UdpRow } from '../../src/sources/replay/format.ts';
import { linesOf, namesOf, sumOf } from '../support/samples.ts';
import { DEFAULT_SETTINGS } from '../support/settings.ts';
import { type SnapshotRows, snapshotOf } from '../support/snapshots.ts';

const anyPid = fc.oneof(
  fc.integer({ min: 0, max: 12 }),
  fc.integer({ min: 0xffff_fff0, max: 0xffff_fffe }),
  fc.constant(null),
);
const anyPort = fc.oneof(
  fc.integer({ min: 0, max: 20 }),
  fc.integer({ min: 32_760, max: 32_780 }),
  fc.integer({ min: 0, max: 65_535 }),
);
const anyTcpRow = (address: string): fc.Arbitrary<TcpRow> =>
  fc.tuple(fc.constantFrom(...TCP_STATES), fc.constant(address), anyPort, fc.constant(address), anyPort, anyPid);
const anyUdpRow = (address: string): fc.Arbitrary<UdpRow> => fc.tuple(fc.constant(address), anyPort, anyPid);
const anyName = fc.oneof(
  fc.constantFrom('a', 'b', '_other', '_none', '_unknown'),
  fc.string({ unit: 'binary', maxLength: 5 }),
);
const anyRows: fc.Arbitrary<SnapshotRows> = fc.record({
  tcp4: fc.array(anyTcpRow('192.0.2.1')),
  tcp6: fc.array(anyTcpRow('2001:db8::1')),
  udp4: fc.array(anyUdpRow('192.0.2.1')),
  udp6: fc.array(anyUdpRow('2001:db8::1')),
  processes: fc.array(fc.tuple(fc.integer({ min: 1, max: 12 }), anyName, fc.constantFrom('', 's.service'))),
});
const anyChoice = fc.record({
  processInclude: fc.constantFrom(/^(?:.+)$/u, /^(?:a)$/u),
  processExclude: fc.constantFrom(undefined, /^(?:b)$/u, /^(?:.*)$/u),
  processLimit: fc.integer({ min: 0, max: 6 }),
  pidLabel: fc.boolean(),
  portInclude: fc.constantFrom([], [{ first: 3, last: 7 }]),
  portLimit: fc.integer({ min: 0, max: 6 }),
  ephemeralRange: fc.constantFrom(undefined, { first: 10, last: 20 }),
});
const anySettings = anyChoice.map((choice) => ({ ...DEFAULT_SETTINGS, ...choice }));

describe('for any tables and any limits', () => {
  const check = (holds: (samples: Samples, rows: SnapshotRows, settings: typeof DEFAULT_SETTINGS) => void): void => {
    fc.assert(
      fc.property(anyRows, anySettings, (rows, settings) =>
        holds(aggregate(snapshotOf(rows), settings), rows, settings),
      ),
    );
  };

  it('the sums over processes and over ports are the host’s own, state by state', () => {
    check((samples) => {
      for (const state of TCP_STATES) {
        const host = sumOf(samples, 'netstat_tcp_connections', { state });
        expect(sumOf(samples, 'netstat_process_tcp_connections', { state }) ?? 0).toBe(host);
        expect(sumOf(samples, 'netstat_port_tcp_connections', { state }) ?? 0).toBe(host);
      }
      const host = sumOf(samples, 'netstat_udp_endpoints');
      expect(sumOf(samples, 'netstat_process_udp_endpoints') ?? 0).toBe(host);
      expect(sumOf(samples, 'netstat_port_udp_endpoints') ?? 0).toBe(host);
    });
  });

  it('the host’s own counts are those of the rows', () => {
    check((samples, { tcp4 = [], tcp6 = [], udp4 = [], udp6 = [] }) => {
      for (const state of TCP_STATES) {
        const count = [...tcp4, ...tcp6].filter((row) => row[0] === state).length;
        expect(sumOf(samples, 'netstat_tcp_connections', { state })).toBe(count);
      }
      expect(sumOf(samples, 'netstat_udp_endpoints')).toBe(udp4.length + udp6.length);
    });
  });

  it('no sample comes twice', () => {
    check((samples) => {
      for (const { name } of samples.families) {
        const labels = linesOf(samples, name).map((line) => line.slice(0, line.lastIndexOf(' ')));
        expect(new Set(labels).size, name).toBe(labels.length);
      }
    });
  });

  it('no more groups are shown than the limits allow', () => {
    const groups = (samples: Samples, name: HostMetricName): Set<string> =>
      new Set(linesOf(samples, name).map((line) => line.replace(/(,?state="\w+")? \d+$/, '')));
    check((samples, _rows, settings) => {
      const reserved = 3;
      const pinned = settings.portInclude.length * 5;
      expect(groups(samples, 'netstat_process_tcp_connections').size).toBeLessThanOrEqual(
        settings.processLimit + reserved,
      );
      expect(groups(samples, 'netstat_port_tcp_connections').size).toBeLessThanOrEqual(settings.portLimit + pinned + 1);
      expect(groups(samples, 'netstat_port_udp_endpoints').size).toBeLessThanOrEqual(settings.portLimit + pinned + 1);
    });
  });
});

describe('aggregating again and again in the same memory', () => {
  it('shows of each snapshot what it would show alone, where no limit makes a difference', () => {
    fc.assert(
      fc.property(fc.array(anyRows, { minLength: 2, maxLength: 4 }), anySettings, (sequence, chosen) => {
        const settings = { ...chosen, processLimit: 1_000, portLimit: 1_000, destinationLimit: 1_000 };
        const aggregator = new Aggregator(settings);
        for (const rows of sequence) {
          const snapshot = snapshotOf(rows);
          expect(aggregator.aggregate(snapshot, 0)).toEqual(aggregate(snapshot, settings));
        }
      }),
    );
  });

  it('counts thousands of processes and ports, and none of them in the next snapshot', () => {
    const many = 5_000;
    const tcp4 = Array.from(
      { length: many },
      (_, i): TcpRow => ['listen', '0.0.0.0', i + 1, '0.0.0.0', 0, 4 * (i + 1)],
    );
    const processes = tcp4.map(([, , port, , , pid]) => [pid ?? 0, `p${port}`] as const);
    const settings = { ...DEFAULT_SETTINGS, processLimit: many, portLimit: many };
    const aggregator = new Aggregator(settings);
    const samples = aggregator.aggregate(snapshotOf({ tcp4, processes }), 0);
    for (const port of ['1', '777', String(many)]) {
      expect(sumOf(samples, 'netstat_port_tcp_connections', { port, state: 'listen' })).toBe(1);
      expect(sumOf(samples, 'netstat_process_tcp_connections', { process: `p${port}`, state: 'listen' })).toBe(1);
    }
    expect(sumOf(samples, 'netstat_process_tcp_connections')).toBe(many);
    expect(namesOf(aggregator.aggregate(snapshotOf({}), 1))).toEqual([
      'netstat_tcp_connections',
      'netstat_udp_endpoints',
      'netstat_ephemeral_port_range_ports',
      'netstat_ephemeral_port_range_info',
      'netstat_ephemeral_ports_used',
    ]);
  });
});
