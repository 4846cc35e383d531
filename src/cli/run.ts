// `netstat-exporter`: collects and serves until it is told to end.

import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { CollectionThread } from '../collector/collection-thread.ts';
import { reportCollections } from '../collector/report.ts';
import { TimedCollector } from '../collector/timed-collector.ts';
import type { Config } from '../config/options.ts';
import { passedSockets } from '../config/systemd.ts';
import { ExporterMetrics } from '../metrics/exporter-metrics.ts';
import type { ListenTarget } from '../web/listeners.ts';
import type { LiveViewOptions } from '../web/live/pages.ts';
import { PasswordThread } from '../web/passwords/password-thread.ts';
import { OPEN } from '../web/security.ts';
import { WebServer } from '../web/server.ts';
import { BUILD } from './build.ts';
import { collectionSettings, disabledGroups } from './collection-settings.ts';
import type { Host } from './host.ts';
import { configuredHosts } from './live-view.ts';
import { createLogger } from './logger.ts';
import { preparePush } from './push.ts';
import { configuredSecurity, followWebSecurity } from './web-security.ts';
import { workerEntry } from './workers.ts';

/** The end takes at most three seconds, a little of which goes into the host's being told and the end of the process itself. */
const END_TIMEOUT_MS = 2_300;
/** What of it the last push may take. The rest is the worker's, to close its source; a call that hangs would never let it. */
const LAST_PUSH_TIMEOUT_MS = 2_000;

/**
 * What a scrape makes is garbage at once, so that the smallest young generation does: left alone it grows with every
 * scrape, and 8 MB more stay resident for good.
 */
const KEEP_YOUNG_GENERATION_SMALL = '--semi-space-growth-factor=1';

/** Ends the process with code 0. Rejects, with nothing left running that matters, when it cannot start. */
export async function run(config: Config, host: Host): Promise<void> {
  setFlagsFromString(KEEP_YOUNG_GENERATION_SMALL);
  const logger = createLogger({ level: config['log.level'], format: config['log.format'], destination: host.log });
  const exporterMetrics = new ExporterMetrics(BUILD);
  const reports = reportCollections(exporterMetrics, logger);
  const thread = new CollectionThread(workerEntry('collection-worker'), collectionSettings(config), reports.restarted);
  const collector = new TimedCollector(
    () => thread.collect(),
    { intervalMs: config['collector.interval'], timeoutMs: config['collector.timeout'] },
    reports,
  );
  const push = await preparePush({ config, collector, exporterMetrics, logger });
  const loaded = await configuredSecurity(config);
  const security = loaded?.config ?? OPEN;
  const web = new WebServer({
    listenOn: listenTargets(config),
    security,
    passwordComparer: new PasswordThread(workerEntry('password-worker')),
    telemetryPath: config['web.telemetry-path'],
    maxRequests: config['web.max-requests'],
    disableExporterMetrics: config['web.disable-exporter-metrics'],
    disabledGroups: disabledGroups(config),
    collector,
    exporterMetrics,
    pushStatus: () => push?.status(),
    liveView: await liveViewOptions(config, thread),
    build: BUILD,
    logger,
  });

  const toldToEnd = host.toldToEnd(() => logger.info('SIGHUP: files are read again when they change; nothing else is'));
  // A source that cannot be opened ends the start; one that hangs while it is opened does not: the exporter serves, and says so.
  const source = await Promise.race([thread.open(), sleep(config['collector.timeout'], undefined, { ref: false })]);
  // The first collection is to find the exporter's own listeners.
  const addresses = await web.listen();
  collector.start();
  logger.info({ ...BUILD, node: process.versions.node }, 'netstat-exporter has started');
  const scheme = security.tls === undefined ? 'http' : 'https';
  for (const address of addresses) {
    logger.info('fd' in address ? address : listening(address, scheme, config), 'listening');
  }
  host.started();
  if (loaded !== undefined) followWebSecurity({ loaded, config, web, logger });
  push?.start(source?.machineId);

  const signal = await toldToEnd;
  logger.info({ signal }, 'ending');
  const endByMs = performance.now() + END_TIMEOUT_MS;
  collector.stop();
  const webClosed = web.close();
  await push?.close(LAST_PUSH_TIMEOUT_MS);
  const [hasEnded] = await Promise.all([thread.close(endByMs - performance.now()), webClosed]);
  if (!hasEnded) logger.warn('a call into the OS hangs: ending by force');
  await host.ended(0);
  if (hasEnded) process.exit(0);
  // process.exit waits for worker threads, and one that hangs in a call never ends.
  process.kill(process.pid, 'SIGKILL');
}

async function liveViewOptions(config: Config, thread: CollectionThread): Promise<LiveViewOptions | undefined> {
  if (!config['web.enable-live-view']) return undefined;
  // Only now: it is some hundred kilobytes of text.
  const { LIVE_VIEW_FILES } = await import('./live-view-files.ts');
  return {
    files: LIVE_VIEW_FILES,
    intervalMs: config['collector.interval'],
    hosts: configuredHosts(config),
    look: (question, known) => thread.look(question, known),
  };
}

function listenTargets(config: Config): readonly ListenTarget[] {
  return config['web.systemd-socket'] ? passedSockets().map((fd) => ({ fd })) : config['web.listen-address'];
}

/** URLs that can be opened on this host, and the address, which may be all of them. */
function listening(bound: AddressInfo, scheme: 'http' | 'https', config: Config): Readonly<Record<string, string>> {
  const { address, family, port } = bound;
  const isAny = address === '::' || address === '0.0.0.0';
  const written = family === 'IPv6' ? `[${address}]` : address;
  const origin = `${scheme}://${isAny ? 'localhost' : written}:${port}`;
  return {
    url: `${origin}${config['web.telemetry-path']}`,
    ...(config['web.enable-live-view'] ? { live_view: `${origin}/live` } : {}),
    address: `${written}:${port}`,
  };
}
