// A web server on a port of its own, with a collector that answers what a test says, and plain HTTP to ask it.
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { type IncomingHttpHeaders, type OutgoingHttpHeaders, request } from 'node:http';
import { afterEach, expect, vi } from 'vitest';
import type { Answer } from '../../src/collector/collector.ts';
import { ExporterMetrics } from '../../src/metrics/exporter-metrics.ts';
import type { BoundAddress } from '../../src/web/listeners.ts';
import { OPEN } from '../../src/web/security.ts';
import { type WebOptions, WebServer } from '../../src/web/server.ts';
import { exampleSamples } from '../outputs/prometheus/example-samples.ts';
import { PATIENCE } from '../support/patience.ts';

export const BUILD = { version: '1.2.3', revision: 'abc<def>' };

export class FakeCollector {
  state: Answer = { state: 'fresh', samples: exampleSamples() };
  /** The time limits of all calls of `answer`. */
  readonly timeoutsMs: (number | undefined)[] = [];
  #held: Promise<void> = Promise.resolve();

  /** Lets nobody have an answer until what it returns is called. */
  hold(): () => void {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#held = promise;
    return resolve;
  }

  latest(): Answer {
    return this.state;
  }

  async answer(timeoutMs?: number): Promise<Answer> {
    this.timeoutsMs.push(timeoutMs);
    await this.#held;
    return this.state;
  }
}

export interface RunningServer {
  readonly server: WebServer;
  readonly addresses: readonly BoundAddress[];
  /** Of the first address. */
  readonly port: number;
  readonly collector: FakeCollector;
  readonly exporterMetrics: ExporterMetrics;
  /** The messages of errors in the log. */
  readonly logged: string[];
  /** What the log says at level debug. */
  readonly debugged: Readonly<Record<string, unknown>>[];
}

const running = new Set<WebServer>();
afterEach(async () => {
  await Promise.all(Array.from(running, (server) => server.close()));
  running.clear();
});

/** Ends with the test. */
export async function startServer(changes: Partial<WebOptions> = {}): Promise<RunningServer> {
  const collector = new FakeCollector();
  const exporterMetrics = new ExporterMetrics(BUILD);
  const logged: string[] = [];
  const debugged: Readonly<Record<string, unknown>>[] = [];
  const server = new WebServer({
    listenOn: [{ host: '127.0.0.1', port: 0 }],
    security: OPEN,
    passwordComparer: { compare: async (password, hash) => hash === hashOf(password) },
    telemetryPath: '/metrics',
    maxRequests: 40,
    disableExporterMetrics: false,
    disabledGroups: [],
    collector,
    exporterMetrics,
    pushStatus: () => undefined,
    liveView: undefined,
    build: BUILD,
    logger: {
      error: (_fields, message) => void logged.push(message),
      debug: (fields, message) => void debugged.push({ ...fields, message }),
    },
    ...changes,
  });
  running.add(server);
  const addresses = await server.listen();
  return { server, addresses, port: portOf(addresses[0]), collector, exporterMetrics, logged, debugged };
}

export function portOf(address: BoundAddress | undefined): number {
  return address !== undefined && 'port' in address ? address.port : 0;
}

/** What stands for a hash where no worker compares: of the form and the cost that bcrypt's have. */
export function hashOf(password: string): string {
  const digest = createHash('sha256').update(password).digest('base64').replace(/[+=]/g, '.');
  return `$2y$10$${digest.padEnd(53, '.')}`;
}

export interface HttpAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  readonly text: string;
}

/** One request as it is written, with no header and no decoding that a test did not ask for. */
export async function ask(
  port: number,
  path: string,
  headers: OutgoingHttpHeaders = {},
  method = 'GET',
): Promise<HttpAnswer> {
  const asked = request({ host: '127.0.0.1', port, path, method, headers, agent: false });
  asked.end();
  const [response] = await once(asked, 'response');
  const pieces: Buffer[] = [];
  for await (const piece of response) pieces.push(piece);
  const body = Buffer.concat(pieces);
  return { status: response.statusCode, headers: response.headers, body, text: body.toString() };
}

/** How often each handler answered with each code, as the exporter counts it. A client may have its answer before that. */
export async function expectCounted(
  { exporterMetrics }: RunningServer,
  counts: Readonly<Record<string, number>>,
): Promise<void> {
  await vi.waitFor(async () => {
    const metrics = await exporterMetrics.registry.getMetricsAsJSON();
    const counter = metrics.find(({ name }) => name === 'netstat_exporter_http_requests_total');
    const entries = counter?.values.map(({ labels, value }) => [`${labels['handler']} ${labels['code']}`, value]);
    expect(Object.fromEntries(entries ?? [])).toEqual(counts);
  }, PATIENCE);
}
