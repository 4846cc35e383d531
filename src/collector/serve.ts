// The worker's side: reads the source and aggregates, each time it is asked, and lets people look at what it read.

import type { MessagePort } from 'node:worker_threads';
import { Aggregator } from '../metrics/aggregate.ts';
import type { AggregationSettings } from '../metrics/settings.ts';
import type { Snapshot } from '../model/snapshot.ts';
import type { Source } from '../sources/source.ts';
import type { Viewer } from '../views/looking/viewer.ts';
import type { Reply, Request } from './protocol.ts';

/** Answers on `port` until it is told to close. Runs in the collection worker: reading blocks. Without a viewer nobody may look. */
export function serveCollections(
  port: MessagePort,
  source: Source,
  settings: AggregationSettings,
  viewer?: Viewer,
): void {
  const aggregator = new Aggregator(settings);
  let spent: Snapshot | undefined;
  const reply = (message: Reply): void => port.postMessage(message);

  const collect = (): Reply => {
    viewer?.release();
    const readAtMs = performance.now();
    const snapshot = source.read(spent);
    spent = snapshot;
    const samples = aggregator.aggregate(snapshot, readAtMs);
    viewer?.collected(snapshot, samples);
    return { kind: 'collected', samples };
  };
  const look = ({ number, question, known }: Extract<Request, { kind: 'look' }>): void => {
    if (viewer === undefined) throw new Error('nobody may look here');
    const seen = viewer.look(question, known);
    // Handed over, not copied: an answer can have some hundred thousand bytes.
    port.postMessage(
      { kind: 'looked', number, look: seen } satisfies Reply,
      seen.state === 'seen' ? [seen.body.buffer] : [],
    );
  };

  port.on('message', (request: Request) => {
    if (request.kind === 'close') {
      source.close();
      port.close();
      return;
    }
    try {
      if (request.kind === 'look') look(request);
      else reply(collect());
    } catch (error) {
      // None throws by design; if one does, the reason must not be lost with the thread.
      const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
      reply(
        request.kind === 'look'
          ? { kind: 'look_failed', number: request.number, message }
          : { kind: 'failed', message },
      );
    }
  });
  reply({ kind: 'opened', source: { machineId: source.machineId } });
}
