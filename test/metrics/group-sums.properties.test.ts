// World: none; pure.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Aggregator } from '../../src/metrics/aggregate.ts';
import type { HostMetricName } from '../../src/metrics/catalogue.ts';
import type { FoldedGroup, Samples } from '../../src/metrics/samples.ts';
import type { AggregationSettings } from '../../src/metrics/settings.ts';
import { TCP_STATES } from '../../src/model/states.ts';
import { DEFAULT_SETTINGS } from '../support/settings.ts';
import { snapshotOf } from '../support/snapshots.ts';
import { anySettings, anyWholeSequence } from './oracle/arbitraries.ts';
import type { Sample } from './oracle/samples.ts';
import { toSamples } from './oracle/text.ts';

/** Of each property. */
const RUNS = 60;
const NO_LIMITS = { processLimit: 1e6, portLimit: 1e6, listenerLimit: 1e6, destinationLimit: 1e6 };

/** Calls `holds` with what each snapshot shows, with its limits and without any. */
function forAny(
  holds: (limited: readonly Sample[], unlimited: readonly Sample[], folded: Samples, of: AggregationSettings) => void,
): void {
  fc.assert(
    fc.property(anyWholeSequence, anySettings, (sequence, choice) => {
      const settings = { ...choice, groups: DEFAULT_SETTINGS.groups };
      const limited = new Aggregator(settings);
      const unlimited = new Aggregator({ ...settings, ...NO_LIMITS });
      for (const { rows, readAtMs } of sequence) {
        const snapshot = snapshotOf(rows);
        const samples = limited.aggregate(snapshot, readAtMs);
        holds(toSamples(samples), toSamples(unlimited.aggregate(snapshot, readAtMs)), samples, settings);
      }
    }),
    { numRuns: RUNS },
  );
}

function sumOf(samples: readonly Sample[], name: HostMetricName, state?: string): number {
  return samples
    .filter((sample) => sample.name === name && (state === undefined || sample.labels['state'] === state))
    .reduce((sum, { value }) => sum + value, 0);
}

/** The groups that have series, those left out that take no place. */
function groupsOf(
  samples: readonly Sample[],
  names: readonly HostMetricName[],
  settings: AggregationSettings,
): readonly string[] {
  const own = samples.filter(({ name }) => names.includes(name));
  const labels = own.map(({ labels: { state: _, ...group } }) => group).filter((group) => !isReserved(group, settings));
  return [...new Set(labels.map((group) => JSON.stringify(group)))];
}

function isReserved(group: Readonly<Record<string, string>>, { portInclude }: AggregationSettings): boolean {
  const { process, services, pid, port, remote_address } = group;
  const isListener = 'address' in group;
  if (isListener) return false;
  if (remote_address !== undefined) return remote_address === '_other';
  if (port !== undefined) {
    return port === '_other' || portInclude.some(({ first, last }) => Number(port) >= first && Number(port) <= last);
  }
  const isName = ['_none', '_unknown', '_other'].includes(process ?? '');
  return isName && services === undefined && pid === undefined;
}

describe('for any sequence of snapshots and any limits', () => {
  it('the sums over processes and over ports are the host’s own, state by state', () => {
    forAny((samples) => {
      for (const state of TCP_STATES) {
        const host = sumOf(samples, 'netstat_tcp_connections', state);
        expect(sumOf(samples, 'netstat_process_tcp_connections', state)).toBe(host);
        expect(sumOf(samples, 'netstat_port_tcp_connections', state)).toBe(host);
      }
      const host = sumOf(samples, 'netstat_udp_endpoints');
      expect(sumOf(samples, 'netstat_process_udp_endpoints')).toBe(host);
      expect(sumOf(samples, 'netstat_port_udp_endpoints')).toBe(host);
    });
  });

  it('the sums over destinations are those without a limit', () => {
    forAny((limited, unlimited) => {
      for (const state of TCP_STATES) {
        const sum = sumOf(unlimited, 'netstat_destination_tcp_connections', state);
        expect(sumOf(limited, 'netstat_destination_tcp_connections', state)).toBe(sum);
      }
    });
  });

  it('the oldest age of all is there, whoever it is counted with', () => {
    const oldestOf = (samples: readonly Sample[]): number =>
      Math.max(
        ...samples.filter(({ name }) => name === 'netstat_process_close_wait_oldest_seconds').map(({ value }) => value),
      );
    forAny((limited, unlimited) => {
      expect(oldestOf(limited)).toBe(oldestOf(unlimited));
    });
  });

  it('no label set comes twice', () => {
    forAny((samples) => {
      const labelSets = samples.map(({ name, labels }) => JSON.stringify([name, Object.entries(labels).toSorted()]));
      expect(new Set(labelSets).size).toBe(labelSets.length);
    });
  });

  it('each limit is used up before anything is hidden, and what is hidden is counted', () => {
    const kinds: readonly (readonly [FoldedGroup, keyof typeof NO_LIMITS, ...(readonly HostMetricName[])[]])[] = [
      ['process', 'processLimit', ['netstat_process_tcp_connections', 'netstat_process_udp_endpoints']],
      ['port', 'portLimit', ['netstat_port_tcp_connections'], ['netstat_port_udp_endpoints']],
      ['listener', 'listenerLimit', ['netstat_listener_info']],
      ['destination', 'destinationLimit', ['netstat_destination_tcp_connections']],
    ];
    forAny((limited, unlimited, { foldedGroups }, settings) => {
      for (const [group, limit, ...metrics] of kinds) {
        const hidden = metrics.map((names) => {
          const all = groupsOf(unlimited, names, settings);
          const shown = groupsOf(limited, names, settings);
          expect(shown.length, group).toBe(Math.min(settings[limit], all.length));
          expect(all).toEqual(expect.arrayContaining([...shown]));
          return all.length - shown.length;
        });
        expect(foldedGroups[group], group).toBe(hidden.reduce((sum, count) => sum + count, 0));
      }
    });
  });
});
