// The worker's side: reads the source and aggregates, each time it is asked.

import type { MessagePort } from 'node:worker_threads';
import { Aggregator } from '../metrics/aggregate.ts';
import type { AggregationSettings } from '../metrics/settings.ts';
import type { Snapshot } from '../model/snapshot.ts';
import type { Source } from '../sources/source.ts';
import type { Reply, Request } from './protocol.ts';

/** Answers on `port` until it is told to close. Runs in the collection worker: reading blocks. */
export function serveCollections(port: MessagePort, source: Source, settings: AggregationSettings): void {
  const aggregator = new Aggregator(settings);
  let spent: Snapshot | undefined;
  const reply = (message: Reply): void => port.postMessage(message);
  port.on('message', (request: Request) => {
    if (request.kind === 'close') {
      source.close();
      port.close();
      return;
    }
    try {
      const readAtMs = performance.now();
      const snapshot = source.read(spent);
      spent = snapshot;
      reply({ kind: 'collected', samples: aggregator.aggregate(snapshot, readAtMs) });
    } catch (error) {
      // Neither throws by design; if one does, the reason must not be lost with the thread.
      reply({ kind: 'failed', message: error instanceof Error ? (error.stack ?? error.message) : String(error) });
    }
  });
  reply({ kind: 'opened', source: { machineId: source.machineId } });
}
