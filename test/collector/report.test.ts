// World: none.
import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { reportCollections } from '../../src/collector/report.ts';
import { ExporterMetrics } from '../../src/metrics/exporter-metrics.ts';
import type { Samples } from '../../src/metrics/samples.ts';
import type { Part, PartReport } from '../../src/model/snapshot.ts';

const OK: PartReport = { durationMs: 2 };
const DENIED: PartReport = { durationMs: 1, error: { code: '5', message: 'it failed: 5 (Access is denied.)' } };

function world() {
  const lines: string[] = [];
  const logger = pino(
    { base: null, timestamp: false, level: 'debug' },
    { write: (line: string) => void lines.push(line) },
  );
  const metrics = new ExporterMetrics({ version: '1.2.3', revision: 'abc' });
  const events = reportCollections(metrics, logger);
  return {
    events,
    /** The messages since the last look. */
    said: () => lines.splice(0).map((line) => (JSON.parse(line) as { msg: string }).msg),
    /** The samples of a metric, as `labels value`. */
    async valuesOf(name: string): Promise<readonly string[]> {
      const families = await metrics.registry.getMetricsAsJSON();
      const family = families.find((candidate) => candidate.name === name);
      return (family?.values ?? []).map(({ labels, value }) => `${Object.values(labels).join(' ')} ${value}`.trim());
    },
  };
}

function samplesWith(parts: Partial<Record<Part, PartReport>>): Samples {
  return { timestampMs: 1_700_000_000_500, bootTimeMs: 0, parts, foldedGroups: { process: 3 }, families: [] };
}

describe('the report of collections', () => {
  it('shows in metrics what was read, how long that took and what was folded', async () => {
    const { events, valuesOf } = world();
    events.collected(samplesWith({ tcp4: OK, tcp6: DENIED }));
    expect(await valuesOf('netstat_exporter_collection_success')).toEqual(['tcp4 1', 'tcp6 0']);
    expect(await valuesOf('netstat_exporter_collection_duration_seconds')).toEqual(['tcp4 0.002', 'tcp6 0.001']);
    expect(await valuesOf('netstat_exporter_collection_timestamp_seconds')).toEqual(['1700000000.5']);
    expect(await valuesOf('netstat_exporter_folded_groups')).toEqual(['process 3']);
  });

  it('has no timestamp before the first collection', async () => {
    expect(await world().valuesOf('netstat_exporter_collection_timestamp_seconds')).toEqual([]);
  });

  it('forgets a part that the host has no longer, and counts errors on', async () => {
    const { events, valuesOf } = world();
    events.collected(samplesWith({ tcp4: OK, tcp6: DENIED }));
    events.collected(samplesWith({ tcp6: DENIED }));
    expect(await valuesOf('netstat_exporter_collection_success')).toEqual(['tcp6 0']);
    expect(await valuesOf('netstat_exporter_collection_errors_total')).toEqual(['tcp6 5 2']);
  });

  it('logs a part that fails once, and once that it is read again', () => {
    const { events, said } = world();
    events.collected(samplesWith({ tcp4: OK }));
    expect(said()).toEqual([]);
    events.collected(samplesWith({ tcp4: DENIED }));
    events.collected(samplesWith({ tcp4: DENIED }));
    expect(said()).toEqual(['it failed: 5 (Access is denied.)']);
    events.collected(samplesWith({ tcp4: OK }));
    events.collected(samplesWith({ tcp4: OK }));
    expect(said()).toEqual(['is read again as it should be']);
  });

  it('logs once that a part had to be read another way', () => {
    const { events, said } = world();
    const fallback = { durationMs: 1, fallback: 'sock_diag was refused (EPERM): read /proc/net/tcp instead' };
    events.collected(samplesWith({ tcp4: fallback }));
    events.collected(samplesWith({ tcp4: fallback }));
    expect(said()).toEqual([fallback.fallback]);
  });

  it('logs trouble with the worker once, and its end', async () => {
    const { events, said, valuesOf } = world();
    events.failed(new Error('x'));
    events.failed(new Error('x'));
    events.skipped();
    expect(said()).toEqual(['a collection failed']);
    events.collected(samplesWith({ tcp4: OK }));
    expect(said()).toEqual(['collections return again']);
    expect(await valuesOf('netstat_exporter_collections_skipped_total')).toEqual(['1']);
  });

  it('tells each restart of the worker, and counts it', async () => {
    const { events, said, valuesOf } = world();
    expect(await valuesOf('netstat_exporter_collection_worker_restarts_total')).toEqual(['0']);
    events.restarted(new Error('the collection worker ended with code 7'));
    expect(said()).toEqual(['the collection worker had ended, and is started again']);
    expect(await valuesOf('netstat_exporter_collection_worker_restarts_total')).toEqual(['1']);
  });
});
