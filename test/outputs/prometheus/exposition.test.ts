// The body of a scrape's answer, and what of it is kept from one scrape to the next.

import { gunzipSync } from 'node:zlib';
import { Gauge, Registry } from 'prom-client';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { GROUPS, type Group } from '../../../src/metrics/catalogue.ts';
import {
  Exposition,
  type ExpositionRequest,
  type Pieces,
  SHARED_FOR_MS,
} from '../../../src/outputs/prometheus/exposition.ts';
import { FORMATS } from '../../../src/outputs/prometheus/formats.ts';
import { readText } from '../../support/exposition.ts';
import { AWKWARD_NAME, countedSamples } from './example-samples.ts';

let registry: Registry;
let exposition: Exposition;
let samples: ReturnType<typeof countedSamples>;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance'] });
  registry = new Registry();
  new Gauge({ name: 'own', help: 'Own.', registers: [registry] }).set(1);
  exposition = new Exposition(registry);
  samples = countedSamples();
});

afterEach(() => {
  vi.useRealTimers();
});

function request(changes: Partial<ExpositionRequest>): ExpositionRequest {
  return { samples, format: 'text', groups: new Set(GROUPS), gzip: false, ...changes };
}

function textOf(pieces: Pieces): string {
  return Buffer.concat(pieces).toString();
}

/** Of a scrape so long after the one before that nothing is shared. */
async function body(changes: Partial<ExpositionRequest> = {}): Promise<string> {
  vi.advanceTimersByTime(SHARED_FOR_MS);
  return textOf(await exposition.body(request(changes)));
}

describe('what is in it', () => {
  test('text has the collection first, then the own metrics', async () => {
    const { samples: read, ended } = readText(await body());
    expect(read.map(({ name }) => name)).toEqual([
      'netstat_tcp_segments_sent_total',
      'netstat_tcp_segments_sent_total',
      'netstat_tcp_rto_min_seconds',
      'netstat_tcp_rto_algorithm_info',
      'netstat_tcp_connections',
      'netstat_process_tcp_connections',
      'netstat_process_tcp_connections',
      'netstat_port_tcp_connections',
      'own',
    ]);
    expect(read[5]?.labels).toEqual({ process: AWKWARD_NAME, state: 'listen' });
    expect(ended).toBe(false);
  });

  test('OpenMetrics has the end at the end, also where there is nothing else', async () => {
    const { types, units, ended } = readText(await body({ format: 'openmetrics' }));
    expect(types.get('netstat_tcp_segments_sent')).toBe('counter');
    expect(types.get('netstat_tcp_rto_algorithm')).toBe('info');
    expect(units.get('netstat_tcp_rto_min_seconds')).toBe('seconds');
    expect(ended).toBe(true);
    expect(await body({ format: 'openmetrics', samples: undefined, groups: new Set() })).toBe('# EOF\n');
  });

  test('only the groups that are wanted', async () => {
    const names = async (...groups: Group[]) =>
      readText(await body({ groups: new Set(groups) })).samples.map(({ name }) => name);
    expect(await names('port')).toEqual(['netstat_port_tcp_connections']);
    expect(await names('exporter')).toEqual(['own']);
    expect(await names('exporter', 'connections')).toEqual(['netstat_tcp_connections', 'own']);
  });

  test('without samples, the own metrics alone', async () => {
    expect(await body({ samples: undefined })).toBe('# HELP own Own.\n# TYPE own gauge\nown 1\n');
  });

  test.each(FORMATS)('gzip holds the same %s', async (format) => {
    for (const changes of [{ format }, { format, samples: undefined }, { format, groups: new Set<Group>() }]) {
      const zipped = Buffer.concat(await exposition.body(request({ ...changes, gzip: true })));
      expect(gunzipSync(zipped).toString()).toBe(await body(changes));
    }
  });
});

describe('what is kept', () => {
  test('the own metrics are read anew after a tenth of a second, the collection is written once', async () => {
    await body();
    registry.resetMetrics();
    vi.advanceTimersByTime(SHARED_FOR_MS - 1);
    expect(textOf(await exposition.body(request({})))).toContain('\nown 1\n');
    vi.advanceTimersByTime(1);
    expect(textOf(await exposition.body(request({})))).toContain('\nown 0\n');
    expect(samples.writings()).toBe(1);
  });

  test('scrapes within that time share one answer of each kind, which is compressed once', async () => {
    const requests = Array.from({ length: 5 }, () => exposition.body(request({ gzip: true })));
    const [first, ...others] = await Promise.all(requests);
    for (const other of others) expect(other).toBe(first);
    expect(await exposition.body(request({ gzip: true }))).toBe(first);
    expect(await exposition.body(request({}))).not.toBe(first);
    expect(samples.writings()).toBe(1);
  });

  test('an answer is not shared with what has other samples, another format or other groups', async () => {
    const changes = [
      {},
      { format: 'openmetrics' },
      { groups: new Set<Group>(['port']) },
      { samples: undefined },
    ] as const;
    const bodies = await Promise.all(changes.map((change) => exposition.body(request(change))));
    expect(new Set(bodies.map(textOf)).size).toBe(changes.length);
  });

  test('answers of all kinds tell the same of the exporter within that time, and share the text of the collection', async () => {
    const [text, own] = await exposition.body(request({}));
    registry.resetMetrics();
    expect(own?.toString()).toContain('own 1\n');
    expect(textOf(await exposition.body(request({ format: 'openmetrics' })))).toContain('\nown 1\n');
    expect(gunzipSync(Buffer.concat(await exposition.body(request({ gzip: true })))).toString()).toContain('\nown 1\n');
    vi.advanceTimersByTime(SHARED_FOR_MS);
    expect((await exposition.body(request({})))[0]).toBe(text);
  });

  test('the order in which groups are asked for makes no other answer', async () => {
    const first = exposition.body(request({ groups: new Set(['port', 'process']) }));
    expect(await exposition.body(request({ groups: new Set(['process', 'port']) }))).toBe(await first);
  });

  test('an answer that cannot be made is tried again', async () => {
    let isBroken = true;
    const collect = () => {
      if (isBroken) throw new Error('broken');
    };
    new Gauge({ name: 'breaking', help: 'Breaks.', registers: [registry], collect });
    await expect(exposition.body(request({}))).rejects.toThrow('broken');
    isBroken = false;
    expect(textOf(await exposition.body(request({})))).toContain('\nown 1\n');
  });

  test('formats and groups are kept apart, the order of groups makes no difference', async () => {
    await body({ format: 'openmetrics' });
    await body({ format: 'text' });
    await body({ groups: new Set(['port', 'process']) });
    await body({ groups: new Set(['process', 'exporter', 'port']) });
    expect(samples.writings()).toBe(3);
  });

  test('new samples take the place of the old', async () => {
    await body();
    const newer = countedSamples();
    await body({ samples: newer });
    await body({ samples: newer });
    expect(newer.writings()).toBe(1);
    await body();
    expect(samples.writings()).toBe(2);
  });

  test('nothing is kept of samples that are too old to be shown', async () => {
    await body();
    await body({ samples: undefined });
    await body();
    expect(samples.writings()).toBe(2);
  });

  test('beyond 16 texts the one that was not used longest is forgotten', async () => {
    const combinations = combinationsOf(['statistics', 'connections', 'process', 'port']);
    const [first, second] = combinations;
    for (const groups of combinations) await body({ groups });
    expect(samples.writings()).toBe(16);
    await body({ groups: first ?? new Set() });
    expect(samples.writings()).toBe(16);
    await body({ format: 'openmetrics' });
    await body({ groups: first ?? new Set() });
    expect(samples.writings()).toBe(17);
    await body({ groups: second ?? new Set() });
    expect(samples.writings()).toBe(18);
  });
});

function combinationsOf(groups: readonly Group[]): readonly ReadonlySet<Group>[] {
  return Array.from(
    { length: 2 ** groups.length },
    (_, bits) => new Set(groups.filter((_group, bit) => bits & (1 << bit))),
  );
}
