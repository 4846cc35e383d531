// World: none; pure.
import { describe, expect, it } from 'vitest';
import { aggregate } from '../../src/metrics/aggregate.ts';
import { linesOf, namesOf } from '../support/samples.ts';
import { DEFAULT_SETTINGS } from '../support/settings.ts';
import { snapshotOf } from '../support/snapshots.ts';

describe('the statistics', () => {
  const samples = aggregate(
    snapshotOf({
      os: 'windows',
      statistics: {
        tcp4: { rtoAlgorithm: 4, rtoMinMs: 300, segmentsReceived: 2 ** 40, currentConnections: 7 },
        tcp6: { rtoAlgorithm: 77, rtoMaxMs: 120_000 },
        udp6: { datagramsNoPort: 0 },
      },
    }),
    DEFAULT_SETTINGS,
  );

  it('are the OS’s own numbers, each in its unit', () => {
    expect(linesOf(samples, 'netstat_tcp_segments_received_total')).toEqual([`family="ipv4" ${2 ** 40}`]);
    expect(linesOf(samples, 'netstat_tcp_rto_min_seconds')).toEqual(['family="ipv4" 0.3']);
    expect(linesOf(samples, 'netstat_tcp_rto_max_seconds')).toEqual(['family="ipv6" 120']);
    expect(linesOf(samples, 'netstat_tcp_rto_algorithm_info')).toEqual([
      'family="ipv4",algorithm="vanj" 1',
      'family="ipv6",algorithm="77" 1',
    ]);
    expect(linesOf(samples, 'netstat_udp_datagrams_no_port_total')).toEqual(['family="ipv6" 0']);
  });

  it('are absent where the host does not keep them', () => {
    expect(namesOf(samples)).not.toContain('netstat_tcp_max_connections');
    expect(namesOf(samples)).not.toContain('netstat_udp_receive_buffer_errors_total');
  });
});
