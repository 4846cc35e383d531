// The live world of the dashboards: hosts with incidents on one of them, scraped by Prometheus and pushing to a Collector.
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { DIALECTS, type DialectName } from '../../support/dashboard-files.ts';
import { startCollector } from '../collector.ts';
import { startPrometheus } from '../prometheus.ts';
import type { Store } from '../store.ts';
import { startVictoriaMetrics } from '../victoria-metrics.ts';
import { HOST_NAMES, HOSTS, type Host, instanceOf, startHosts } from './hosts.ts';
import { CULPRITS, startIncidents, type TakeStep } from './incidents.ts';
import { makeNetworks } from './networks.ts';
import { untilIncidentsAreSeen } from './readiness.ts';

const COLLECTOR_OVERLAY = join(import.meta.dirname, 'collector-overlay.yaml');
const STEP_MS = 4_000;

export interface LiveWorld extends AsyncDisposable {
  readonly stores: Readonly<Record<DialectName, Store>>;
  /** The values of the label that tells hosts apart. */
  readonly hosts: Readonly<Record<DialectName, Readonly<Record<Host, string>>>>;
  readonly culprits: typeof CULPRITS;
}

export interface LiveWorldOptions {
  /** How often the incidents go on: the leak grows, ports fill up, a server restarts; at some steps there is a scan. */
  readonly stepMs?: number;
}

/**
 * Resolves when all incidents are in both stores, and half a minute of each host; rejects with what is missing. The incidents
 * go on until it is disposed of, which throws what went wrong with them. Until then this thread is in the network of the
 * busy host. Needs root on Linux, iproute2, Debian's Prometheus, and the receivers of `npm run test:peers`.
 */
export async function startLiveWorld({ stepMs = STEP_MS }: LiveWorldOptions = {}): Promise<LiveWorld> {
  await using starting = new AsyncDisposableStack();
  const networks = starting.use(makeNetworks());
  starting.use(networks.busy.enter());
  const collector = starting.use(await startCollector(undefined, { host: '0.0.0.0', overlay: COLLECTOR_OVERLAY }));
  const otlp = starting.use(await startVictoriaMetrics({ collector: `127.0.0.1:${collector.ports.prometheus}` }));
  const targets = await startHosts(starting, networks, collector.ports.http);
  const scraped = starting.use(await startPrometheus({ program: 'prometheus', targets }));
  const course = keepGoing(starting, await startIncidents(starting), stepMs);

  const stores = { scraped, otlp };
  const hosts = { scraped: namesOfHosts(instanceOf), otlp: HOST_NAMES };
  const seen = DIALECTS.map((dialect) => untilIncidentsAreSeen(stores[dialect], dialect, hosts[dialect]));
  await Promise.race([Promise.all(seen), course]);
  const world = starting.move();
  return { stores, hosts, culprits: CULPRITS, [Symbol.asyncDispose]: () => world.disposeAsync() };
}

/** One step after another, until the world ends. Rejects when one goes wrong. */
function keepGoing(world: AsyncDisposableStack, takeStep: TakeStep, stepMs: number): Promise<void> {
  const over = new AbortController();
  const course = (async () => {
    for (let step = 0; !over.signal.aborted; step++) {
      await takeStep(step);
      await sleep(stepMs, undefined, { signal: over.signal }).catch(() => {});
    }
  })();
  // Whoever waits for it is told; meanwhile nobody may.
  course.catch(() => {});
  world.defer(async () => {
    over.abort();
    await course;
  });
  return course;
}

function namesOfHosts(nameOf: (host: Host) => string): Readonly<Record<Host, string>> {
  const names = HOSTS.map((host) => [host, nameOf(host)] as const);
  return Object.fromEntries(names) as Record<Host, string>;
}
