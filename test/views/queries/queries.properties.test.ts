// World: none; pure.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Aggregator } from '../../../src/metrics/aggregate.ts';
import type { HostMetricName } from '../../../src/metrics/catalogue.ts';
import { blocksOf } from '../../../src/views/blocks.ts';
import type { Endpoint, MetricQuery } from '../../../src/views/endpoint.ts';
import { QueryWriter } from '../../../src/views/queries/queries.ts';
import { anySequence, anySettings } from '../../metrics/oracle/arbitraries.ts';
import type { Sample } from '../../metrics/oracle/samples.ts';
import { toSamples } from '../../metrics/oracle/text.ts';
import { snapshotOf } from '../../support/snapshots.ts';
import { endpointsOf } from '../counted-endpoints.ts';
import { answerTo } from './selector-answers.ts';

const RUNS = 60;
const MAX_QUERIES = 6;

/** How many endpoints each sample counts. */
const COUNTS: readonly HostMetricName[] = [
  'netstat_tcp_connections',
  'netstat_udp_endpoints',
  'netstat_process_tcp_connections',
  'netstat_process_udp_endpoints',
  'netstat_port_tcp_connections',
  'netstat_port_udp_endpoints',
  'netstat_destination_tcp_connections',
];
/** There is a sample where there is an endpoint. */
const SIGNS: readonly HostMetricName[] = ['netstat_listener_info', 'netstat_process_close_wait_oldest_seconds'];

interface Asked {
  readonly samples: readonly Sample[];
  /** Each query of each endpoint, with its answer. */
  readonly answers: readonly (readonly [query: MetricQuery, answer: readonly Sample[], endpoint: Endpoint])[];
  /** The endpoints that ask for this very sample. */
  askersOf(sample: Sample): readonly Endpoint[];
}

/** Calls `holds` with all queries of each of a host's collections. */
function forAny(holds: (asked: Asked) => void): void {
  fc.assert(
    fc.property(anySequence, anySettings, (sequence, settings) => {
      const aggregator = new Aggregator(settings);
      for (const { rows, readAtMs } of sequence) {
        const snapshot = snapshotOf(rows);
        const collected = aggregator.aggregate(snapshot, readAtMs);
        const samples = toSamples(collected);
        const writer = new QueryWriter(settings, collected, snapshot);
        const blocks = blocksOf(snapshot);
        const known = new Map<string, readonly Sample[]>();
        const answers = endpointsOf(blocks).flatMap((endpoint, number) =>
          writer.queriesFor(blocks, number).map((query) => {
            const answer = known.get(query.promql) ?? answerTo(query.promql, samples);
            known.set(query.promql, answer);
            return [query, answer, endpoint] as const;
          }),
        );
        holds({
          samples,
          answers,
          askersOf: (sample) =>
            answers.filter(([, answer]) => answer.includes(sample)).map(([, , endpoint]) => endpoint),
        });
      }
    }),
    { numRuns: RUNS },
  );
}

describe('for any sequence of collections and any settings', () => {
  it('a query finds one series', () => {
    forAny(({ answers }) => {
      expect(answers.filter(([, answer]) => answer.length !== 1)).toEqual([]);
    });
  });

  it('an endpoint has a few queries', () => {
    forAny(({ answers }) => {
      const byEndpoint = Map.groupBy(answers, ([, , endpoint]) => endpoint);
      for (const own of byEndpoint.values()) expect(own.length).toBeLessThanOrEqual(MAX_QUERIES);
    });
  });

  it('a count is that of the endpoints whose query finds it', () => {
    forAny(({ samples, askersOf }) => {
      for (const sample of samples.filter(({ name }) => COUNTS.includes(name))) {
        expect(askersOf(sample), JSON.stringify(sample)).toHaveLength(sample.value);
      }
    });
  });

  it('the ephemeral ports of a process are those of the endpoints whose query finds them', () => {
    forAny(({ samples, askersOf }) => {
      for (const sample of samples.filter(({ name }) => name === 'netstat_process_ephemeral_ports_used')) {
        const ports = new Set(askersOf(sample).map(({ localPort }) => localPort));
        expect(ports.size, JSON.stringify(sample)).toBe(sample.value);
      }
    });
  });

  it('each listener and each age is found by an endpoint', () => {
    forAny(({ samples, askersOf }) => {
      for (const sample of samples.filter(({ name }) => SIGNS.includes(name))) {
        expect(askersOf(sample).length, JSON.stringify(sample)).toBeGreaterThan(0);
      }
    });
  });

  it('the title says so where the group was folded', () => {
    forAny(({ answers }) => {
      const wrong = answers.filter(([{ title }, [sample]]) => {
        const { process, services, pid, port } = sample?.labels ?? {};
        const isOther = port === '_other' || (process === '_other' && (services ?? pid) === undefined);
        return title.endsWith(', among _other') !== (isOther && sample?.name !== 'netstat_listener_info');
      });
      expect(wrong).toEqual([]);
    });
  });
});
