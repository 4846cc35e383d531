// The OpenTelemetry Collector, with the configuration that deploy/ offers, and each request that it received.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort } from '../support/free-port.ts';
import { type ExportRequest, parseRequests } from '../support/otlp-json.ts';
import { findPeers } from '../worlds/peers/programs.ts';
import { makeFolder, type Receiver, startPeer } from './peer.ts';
import { seriesOf } from './series.ts';

const HOST = '127.0.0.1';
export const CONFIG_FILE = fileURLToPath(new URL('../../deploy/otel-collector/config.yaml', import.meta.url));
const OVERLAY_FILE = join(import.meta.dirname, 'collector-file.yaml');

export interface CollectorPorts {
  readonly http: number;
  readonly grpc: number;
  readonly prometheus: number;
}

/** What it offers is what Prometheus gets from it. */
export interface Collector extends Receiver {
  readonly ports: CollectorPorts;
  /** The requests received so far, where they are kept. */
  requests(): readonly ExportRequest[];
}

async function freePorts(): Promise<CollectorPorts> {
  return { http: await freePort(HOST), grpc: await freePort(HOST), prometheus: await freePort(HOST) };
}

export interface CollectorOptions {
  /** On which address it takes pushes; 127.0.0.1 where that is left out. */
  readonly host?: string;
  /** The file that is laid over its configuration; where that is left out, one that keeps the requests. */
  readonly overlay?: string;
}

/** On the ports of one before it, or on new ones. */
export async function startCollector(
  given?: CollectorPorts,
  { host = HOST, overlay = OVERLAY_FILE }: CollectorOptions = {},
): Promise<Collector> {
  const ports = given ?? (await freePorts());
  const { http, grpc, prometheus } = ports;
  const folder = makeFolder();
  const requestsFile = join(folder, 'requests.jsonl');
  const prometheusUrl = `http://${HOST}:${prometheus}/metrics`;
  const peer = await startPeer({
    program: findPeers().collector ?? 'collector',
    args: [`--config=${CONFIG_FILE}`, `--config=${overlay}`],
    environment: {
      OTLP_HTTP_ENDPOINT: `${host}:${http}`,
      OTLP_GRPC_ENDPOINT: `${host}:${grpc}`,
      PROMETHEUS_ENDPOINT: `${HOST}:${prometheus}`,
      REQUESTS_FILE: requestsFile,
    },
    folder,
    readyUrl: prometheusUrl,
  });
  const httpUrl = `http://${HOST}:${http}`;
  return {
    ...peer,
    endpoints: { 'http/protobuf': httpUrl, 'http/json': httpUrl, grpc: `http://${HOST}:${grpc}` },
    ports,
    series: async () => seriesOf(await (await fetch(prometheusUrl)).text()),
    requests: () => (existsSync(requestsFile) ? parseRequests(readFileSync(requestsFile, 'utf8')) : []),
  };
}
