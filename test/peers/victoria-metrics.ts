// VictoriaMetrics, and all that it has stored.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '../support/free-port.ts';
import { findPeers } from '../worlds/peers/programs.ts';
import { makeFolder, type Receiver, startPeer } from './peer.ts';
import type { Series } from './series.ts';
import { type Store, storeAt } from './store.ts';

/** A line of /api/v1/export. */
interface ExportedSeries {
  readonly metric: Readonly<Record<string, string>>;
  readonly values: readonly number[];
}

export interface VictoriaMetricsOptions {
  /** Host and port of a Collector to scrape, each second, with the labels that it gives. */
  readonly collector?: string;
}

export async function startVictoriaMetrics({ collector }: VictoriaMetricsOptions = {}): Promise<Receiver & Store> {
  const address = `127.0.0.1:${await freePort('127.0.0.1')}`;
  const folder = makeFolder();
  const scrapeFile = join(folder, 'scrape.yml');
  // JSON is YAML.
  writeFileSync(scrapeFile, JSON.stringify(collector === undefined ? {} : scrapeConfig(collector)));
  const peer = await startPeer({
    program: findPeers()['victoria-metrics'] ?? 'victoria-metrics',
    args: [
      `-httpListenAddr=${address}`,
      `-storageDataPath=${join(folder, 'data')}`,
      `-promscrape.config=${scrapeFile}`,
      '-opentelemetry.usePrometheusNaming',
      // What has come is part of the next answer, and not after half a minute.
      '-search.latencyOffset=0s',
      '-search.disableCache',
      '-loggerLevel=WARN',
    ],
    folder,
    readyUrl: `http://${address}/health`,
  });
  return {
    ...peer,
    ...storeAt(`http://${address}`),
    endpoints: { 'http/protobuf': `http://${address}/opentelemetry` },
    async series() {
      // What was received is shown at once, and not after some seconds.
      await fetch(`http://${address}/internal/force_flush`);
      const response = await fetch(`http://${address}/api/v1/export?match[]=${encodeURIComponent('{__name__!=""}')}`);
      const lines = (await response.text()).split('\n').slice(0, -1);
      return lines.map((line) => readSeries(JSON.parse(line) as ExportedSeries));
    },
  };
}

function scrapeConfig(collector: string): object {
  const job = { job_name: 'otel-collector', honor_labels: true, static_configs: [{ targets: [collector] }] };
  return { global: { scrape_interval: '1s' }, scrape_configs: [job] };
}

function readSeries({ metric: { __name__: name = '', ...labels }, values }: ExportedSeries): Series {
  return { name, labels, value: values.at(-1) ?? Number.NaN };
}
