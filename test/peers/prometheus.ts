// Prometheus with the configuration that deploy/ offers, but for the targets and how often they are scraped.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { freePort } from '../support/free-port.ts';
import { makeFolder, type Peer, startPeer } from './peer.ts';
import { type Store, storeAt } from './store.ts';

export const CONFIG_FILE = fileURLToPath(new URL('../../deploy/prometheus/prometheus.yml', import.meta.url));

export interface Prometheus extends Peer, Store {
  /** The types of the targets' metrics, under the names that the format of the scrape gives them. */
  types(): Promise<ReadonlyMap<string, string>>;
  /** What was wrong with the last scrape of each job, of one target each; empty where nothing was. */
  lastErrors(): Promise<ReadonlyMap<string, string>>;
}

export interface Target {
  /** Host and port to scrape. */
  readonly address: string;
  /** The label `instance`; the address where it is left out. */
  readonly instance?: string;
}

export interface PrometheusOptions {
  readonly program: string;
  readonly targets: readonly Target[];
  /** What it asks for; undefined: what this version of it does. */
  readonly scrapeProtocols?: readonly string[] | undefined;
}

interface ScrapeConfig {
  readonly job_name: string;
  readonly static_configs: readonly object[];
}

interface TargetsMetadata {
  readonly data: readonly { readonly metric: string; readonly type: string }[];
}

interface Targets {
  readonly data: {
    readonly activeTargets: readonly { readonly labels: { readonly job: string }; readonly lastError: string }[];
  };
}

export function readConfig(): { readonly scrape_configs: readonly [ScrapeConfig] } {
  return parse(readFileSync(CONFIG_FILE, 'utf8'));
}

export async function startPrometheus({ program, targets, scrapeProtocols }: PrometheusOptions): Promise<Prometheus> {
  const config = readConfig();
  const often = {
    scrape_interval: '1s',
    scrape_timeout: '1s',
    ...(scrapeProtocols && { scrape_protocols: scrapeProtocols }),
  };
  const scrape = { ...config.scrape_configs[0], static_configs: targets.map(staticConfig) };
  return runPrometheus(program, { ...config, global: often, scrape_configs: [scrape] });
}

/** Prometheus with a configuration of one's own, in the words of its file. */
export async function runPrometheus(program: string, config: object): Promise<Prometheus> {
  const folder = makeFolder();
  const configFile = join(folder, 'prometheus.yml');
  // JSON is YAML.
  writeFileSync(configFile, JSON.stringify(config));
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
  return {
    ...peer,
    ...storeAt(`http://${address}`),
    async types() {
      const response = await fetch(`http://${address}/api/v1/targets/metadata`);
      const { data } = (await response.json()) as TargetsMetadata;
      return new Map(data.map(({ metric, type }) => [metric, type]));
    },
    async lastErrors() {
      const response = await fetch(`http://${address}/api/v1/targets`);
      const { data } = (await response.json()) as Targets;
      return new Map(data.activeTargets.map(({ labels, lastError }) => [labels.job, lastError]));
    },
  };
}

/** A label that is given there is not made from the address (Prometheus, "Jobs and instances"). */
function staticConfig({ address, instance }: Target): object {
  return { targets: [address], ...(instance !== undefined && { labels: { instance } }) };
}
