// Prometheus with the configuration that deploy/ offers, but for the target and how often it is scraped.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { freePort } from '../support/free-port.ts';
import { makeFolder, type Peer, startPeer } from './peer.ts';
import type { Series } from './series.ts';

export const CONFIG_FILE = fileURLToPath(new URL('../../deploy/prometheus/prometheus.yml', import.meta.url));

export interface Prometheus extends Peer {
  /** The answer to an instant query; empty where there is none yet. */
  query(expression: string): Promise<readonly Series[]>;
  /** The types of the target's metrics, under the names that the format of the scrape gives them. */
  types(): Promise<ReadonlyMap<string, string>>;
}

export interface PrometheusOptions {
  readonly program: string;
  /** Host and port to scrape. */
  readonly target: string;
  /** What it asks for; undefined: what this version of it does. */
  readonly scrapeProtocols?: readonly string[] | undefined;
}

interface ScrapeConfig {
  readonly job_name: string;
  readonly static_configs: readonly object[];
}

interface Answer<Data> {
  readonly data: Data;
}

interface InstantVector {
  readonly result: readonly {
    readonly metric: Readonly<Record<string, string>>;
    readonly value: readonly [timeSeconds: number, value: string];
  }[];
}

export function readConfig(): { readonly scrape_configs: readonly [ScrapeConfig] } {
  return parse(readFileSync(CONFIG_FILE, 'utf8'));
}

export async function startPrometheus({ program, target, scrapeProtocols }: PrometheusOptions): Promise<Prometheus> {
  const config = readConfig();
  const often = {
    scrape_interval: '1s',
    scrape_timeout: '1s',
    ...(scrapeProtocols && { scrape_protocols: scrapeProtocols }),
  };
  const scrape = { ...config.scrape_configs[0], static_configs: [{ targets: [target] }] };
  const folder = makeFolder();
  const configFile = join(folder, 'prometheus.yml');
  // JSON is YAML.
  writeFileSync(configFile, JSON.stringify({ ...config, global: often, scrape_configs: [scrape] }));
  const address = `127.0.0.1:${await freePort('127.0.0.1')}`;
  const peer = await startPeer({
    program,
    args: [
      `--config.file=${configFile}`,
      `--storage.tsdb.path=${join(folder, 'data')}`,
      `--web.listen-address=${address}`,
      '--log.level=warn',
    ],
    folder,
    readyUrl: `http://${address}/-/ready`,
  });
  const ask = async <Data>(path: string): Promise<Data> => {
    const response = await fetch(`http://${address}/api/v1/${path}`);
    return ((await response.json()) as Answer<Data>).data;
  };
  return {
    ...peer,
    async query(expression) {
      const { result } = await ask<InstantVector>(`query?query=${encodeURIComponent(expression)}`);
      return result.map(({ metric: { __name__: name = '', ...labels }, value }) => {
        return { name, labels, value: Number(value[1]) };
      });
    },
    async types() {
      const metadata = await ask<readonly { metric: string; type: string }[]>('targets/metadata');
      return new Map(metadata.map(({ metric, type }) => [metric, type]));
    },
  };
}
