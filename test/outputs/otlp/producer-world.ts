// A producer whose samples the test gives, and which is told whether its pushes arrive.
import type { Registry } from 'prom-client';
import { FamilyBuilder, type Samples } from '../../../src/metrics/samples.ts';
import { SamplesProducer } from '../../../src/outputs/otlp/producer.ts';
import type { Temporality } from '../../../src/outputs/otlp/settings.ts';

export const BOOT_MS = 1_700_000_000_000;
export const FIRST_MS = BOOT_MS + 3_600_123;
export const BUILD = { version: '1.2.3', revision: 'abc' };

export function samplesAt(timestampMs: number, add: (builder: FamilyBuilder) => void): Samples {
  const builder = new FamilyBuilder();
  add(builder);
  return { timestampMs, bootTimeMs: BOOT_MS, parts: {}, foldedGroups: {}, families: builder.build() };
}

/** A collection in which one counter stands at `sent`. */
export function sentAt(timestampMs: number, sent: number): Samples {
  return samplesAt(timestampMs, (builder) => {
    builder.add('netstat_tcp_segments_sent_total', { family: 'ipv4' }, sent);
  });
}

export function world({ registry, temporality }: { registry?: Registry; temporality?: Temporality } = {}) {
  let latest: Samples | undefined;
  const failures: unknown[] = [];
  const producer = new SamplesProducer({
    samples: async () => latest,
    registry,
    temporality: temporality ?? 'cumulative',
    version: '1.2.3',
    failed: (error) => failures.push(error),
  });
  return {
    failures,
    producer,
    /** Pushes what is the latest now, in one request, which arrives or does not. */
    async push(samples: Samples | undefined, arrives = true) {
      latest = samples;
      const pushed = await producer.collect();
      if (pushed.resourceMetrics.scopeMetrics.length > 0) producer.requestEnded(arrives);
      return pushed;
    },
  };
}
