// World: promtool, for what Prometheus itself says of our texts. Provided by: apt-get install prometheus

import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { definitionOf, GROUPS, METRIC_NAMES, prometheusKind } from '../../../src/metrics/catalogue.ts';
import { ExporterMetrics } from '../../../src/metrics/exporter-metrics.ts';
import { Exposition } from '../../../src/outputs/prometheus/exposition.ts';
import { type Format, TEXT_ENDS } from '../../../src/outputs/prometheus/formats.ts';
import { writeFamilies } from '../../../src/outputs/prometheus/write-families.ts';
import { readText } from '../../support/exposition.ts';
import { AWKWARD_NAME, exampleSamples } from './example-samples.ts';

const hasPromtool = spawnSync('promtool', ['--version']).status === 0;

async function exampleText(format: Format): Promise<string> {
  const samples = exampleSamples();
  const exporterMetrics = new ExporterMetrics({ version: '1.2.3', revision: 'abc' });
  exporterMetrics.recordCollection({
    ...samples,
    parts: { tcp4: { durationMs: 1, error: { code: '122', message: '' } } },
  });
  exporterMetrics.recordRequest('metrics', 200);
  const exposition = new Exposition(exporterMetrics.registry);
  return Buffer.concat(await exposition.body({ samples, format, groups: new Set(GROUPS), gzip: false })).toString();
}

/** One sample of each metric that there is. */
function catalogueText(format: Format): string {
  const families = METRIC_NAMES.map((name) => {
    const definition = definitionOf(name);
    const kind = prometheusKind(definition.kind);
    return { name, ...definition, kind, labelValues: definition.labels.map((label) => `a ${label}`), values: [1] };
  });
  return writeFamilies(families, format) + TEXT_ENDS[format];
}

describe.skipIf(!hasPromtool)('promtool (provided by: apt-get install prometheus)', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'netstat-exporter-promtool-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  /** promtool reads OpenMetrics only to fill a database, and only samples with times. */
  function dumpOf(openMetrics: string): readonly string[] {
    const database = mkdtempSync(join(folder, 'database-'));
    writeFileSync(`${database}.txt`, openMetrics.replace(/^[^#].*$/gm, '$& 1700000000'));
    const create = spawnSync('promtool', ['tsdb', 'create-blocks-from', 'openmetrics', `${database}.txt`, database]);
    expect(create.stderr.toString()).toBe('');
    // A dump wants the folder of the log that a database in use has.
    mkdirSync(join(database, 'wal'));
    return spawnSync('promtool', ['tsdb', 'dump', database]).stdout.toString().trimEnd().split('\n');
  }

  test.each([
    ['a whole answer', () => exampleText('text')],
    ['all metrics of the catalogue', () => catalogueText('text')],
  ])('finds nothing to say about the text of %s', async (_name, textOf) => {
    const { status, stdout, stderr } = spawnSync('promtool', ['check', 'metrics'], { input: await textOf() });
    expect({ status, output: `${stdout}${stderr}` }).toEqual({ status: 0, output: '' });
  });

  test('reads every series of a whole answer in OpenMetrics, with its labels as they were', async () => {
    const text = await exampleText('openmetrics');
    const dump = dumpOf(text);
    expect(dump).toHaveLength(readText(text).samples.length);
    expect(dump.join('\n')).toContain(`process=${JSON.stringify(AWKWARD_NAME)}`);
  });

  test('reads all metrics of the catalogue in OpenMetrics', () => {
    expect(dumpOf(catalogueText('openmetrics'))).toHaveLength(METRIC_NAMES.length);
  });
});
