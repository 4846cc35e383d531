// World: the Collector with deploy/otel-collector/gateway.yaml, and VictoriaMetrics behind it. Provided by: npm run test:peers
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Certificates, makeCertificates } from '../support/certificates.ts';
import { freePort } from '../support/free-port.ts';
import { startProgram } from '../support/program.ts';
import { findPeers, PROVIDED_BY } from '../worlds/peers/programs.ts';
import { eventually } from './eventually.ts';
import { makeFolder, type Peer, startPeer } from './peer.ts';
import { startVictoriaMetrics } from './victoria-metrics.ts';

const GATEWAY = fileURLToPath(new URL('../../deploy/otel-collector/gateway.yaml', import.meta.url));
const HOST = '127.0.0.1';
const { collector = '', 'victoria-metrics': store } = findPeers();
const missing = collector === '' ? PROVIDED_BY.collector : PROVIDED_BY['victoria-metrics'];

let certificates: Certificates;
beforeAll(() => {
  certificates = makeCertificates();
});
afterAll(() => certificates[Symbol.dispose]());

interface Gateway extends Peer {
  /** Host and port of its two receivers. */
  readonly http: string;
  readonly grpc: string;
}

async function startGateway(remoteWriteUrl: string): Promise<Gateway> {
  const [http, grpc, telemetry] = [await freePort(HOST), await freePort(HOST), await freePort(HOST)];
  const peer = await startPeer({
    program: collector,
    args: [`--config=${GATEWAY}`],
    environment: {
      OTLP_HTTP_ENDPOINT: `${HOST}:${http}`,
      OTLP_GRPC_ENDPOINT: `${HOST}:${grpc}`,
      TLS_CERTIFICATE: certificates.path('server.pem'),
      TLS_KEY: certificates.path('server.key'),
      TLS_CLIENT_CA: certificates.path('authority.pem'),
      REMOTE_WRITE_URL: remoteWriteUrl,
      TELEMETRY_PORT: String(telemetry),
    },
    folder: makeFolder(),
    readyUrl: `http://localhost:${telemetry}/metrics`,
  });
  return { ...peer, http: `${HOST}:${http}`, grpc: `${HOST}:${grpc}` };
}

/** The flags of a push with the certificate of this name. */
function pushAs(name: string, endpoint: string, protocol: string): string[] {
  return [
    `--otlp.endpoint=https://${endpoint}`,
    `--otlp.protocol=${protocol}`,
    '--otlp.interval=1s',
    '--otlp.compression=gzip',
    `--otlp.certificate=${certificates.path('authority.pem')}`,
    `--otlp.client-certificate=${certificates.path(`${name}.pem`)}`,
    `--otlp.client-key=${certificates.path(`${name}.key`)}`,
  ];
}

describe.skipIf(collector === '' || store === undefined)(`the gateway (${missing})`, () => {
  it.each(['http/protobuf', 'grpc'] as const)(
    'takes what a host with a certificate pushes by %s, and the store has it under the names of the dashboards',
    async (protocol) => {
      await using store = await startVictoriaMetrics();
      await using gateway = await startGateway(
        `${new URL(store.endpoints['http/protobuf'] ?? '').origin}/api/v1/write`,
      );
      const endpoint = protocol === 'grpc' ? gateway.grpc : gateway.http;
      await using _program = await startProgram(...pushAs('client', endpoint, protocol));
      const series = await eventually('the store has the host', async () => {
        const all = await store.series();
        return all.some(({ name }) => name === 'netstat_process_tcp_connections') ? all : undefined;
      });
      const own = series.filter(({ name }) => name === 'netstat_listener_info');
      expect(own.length).toBeGreaterThan(0);
      for (const { labels } of own)
        expect(labels).toMatchObject({
          job: 'netstat-exporter',
          host_name: hostname(),
          network_local_port: expect.any(String),
        });
    },
  );

  it('refuses a host without a certificate of the authority', async () => {
    await using gateway = await startGateway('http://127.0.0.1:9/api/v1/write');
    await using program = await startProgram(...pushAs('stranger', gateway.http, 'http/protobuf'));
    await eventually('the push has failed', async () =>
      (await program.scrape()).includes('netstat_exporter_otlp_exports_total{result="failure"}') ? true : undefined,
    );
    expect(await program.scrape()).not.toContain('result="success"} 1');
  });

  it.each([
    ['limit_percentage: 75', 'limit_percentage: 175', 'limit_percentage'],
    ['processors: [memory_limiter, batch]', 'processors: [memory_limiter, batches]', 'batches'],
    ['client_ca_file:', 'client_authority_file:', 'client_authority_file'],
    ['queue_size: 10000', 'queue_size: many', 'queue_size'],
  ])('with %j made %j is refused by the Collector', (text, changed, complaint) => {
    const file = join(certificates.folder, 'broken.yaml');
    const original = readFileSync(GATEWAY, 'utf8');
    expect(original).toContain(text);
    writeFileSync(file, original.replace(text, changed));
    const { status, stdout, stderr } = spawnSync(collector, ['validate', `--config=${file}`], { encoding: 'utf8' });
    expect(stdout + stderr).toContain(complaint);
    expect(status).toBe(1);
  });
});
