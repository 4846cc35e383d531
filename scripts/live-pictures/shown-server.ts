// The live view of a made-up host, as the program serves it; but time goes on only when it is told to.
import type { Answer, Collector } from '../../src/collector/collector.ts';
import { Aggregator } from '../../src/metrics/aggregate.ts';
import { ExporterMetrics } from '../../src/metrics/exporter-metrics.ts';
import type { Snapshot } from '../../src/model/snapshot.ts';
import { Viewer } from '../../src/views/looking/viewer.ts';
import { OPEN } from '../../src/web/security.ts';
import { WebServer } from '../../src/web/server.ts';
import { DEFAULT_SETTINGS } from '../../test/support/settings.ts';
import { bundleLiveView } from '../bundle-live-view.ts';

export interface ShownServer extends AsyncDisposable {
  readonly url: string;
  /** One more collection. */
  collect(snapshot: Snapshot): void;
}

/** On loopback, under a name of its own. */
export async function showServer(host: string, port: number, intervalMs: number): Promise<ShownServer> {
  const aggregator = new Aggregator(DEFAULT_SETTINGS);
  const viewer = new Viewer(DEFAULT_SETTINGS);
  let latest: Answer = { state: 'pending' };
  const collector: Collector = { latest: () => latest, answer: async () => latest };
  const build = { version: '0', revision: '' };
  const server = new WebServer({
    listenOn: [{ host: '127.0.0.1', port }],
    security: OPEN,
    passwordComparer: { compare: async () => false },
    telemetryPath: '/metrics',
    maxRequests: 0,
    disableExporterMetrics: true,
    disabledGroups: [],
    collector,
    exporterMetrics: new ExporterMetrics(build),
    pushStatus: () => undefined,
    liveView: {
      files: await bundleLiveView(),
      intervalMs,
      hosts: [host],
      look: async (question, known) => viewer.look(question, known),
    },
    build,
    logger: { error: console.error, debug: () => {} },
  });
  await server.listen();
  return {
    url: `http://${host}:${port}`,
    collect(snapshot) {
      viewer.release();
      const samples = aggregator.aggregate(snapshot, performance.now());
      viewer.collected(snapshot, samples);
      latest = { state: 'fresh', samples };
      // Somebody looks all the time: the changes since the collection before are known.
      viewer.look({ kind: 'summary', filter: {}, collection: undefined, offset: 0, limit: 1, by: undefined }, []);
    },
    [Symbol.asyncDispose]: () => server.close(),
  };
}
