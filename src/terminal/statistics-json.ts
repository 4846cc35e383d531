// The MIB counters as a JSON document, by the names of the model.

import type { Snapshot } from '../model/snapshot.ts';
import type { Protocol } from '../model/sockets.ts';
import type { CollectionInfo } from '../views/endpoint.ts';

/** What `statistics --json` prints. */
export interface StatisticsAnswer {
  readonly collection: CollectionInfo;
  /** What the host does not keep, or could not be read, is absent. */
  readonly statistics: Snapshot['statistics'];
}

/** One line. */
export function statisticsJson(
  collection: CollectionInfo,
  { statistics }: Snapshot,
  protocols: readonly Protocol[],
): string {
  const asked = Object.entries(statistics).filter(([set]) => protocols.some((protocol) => set.startsWith(protocol)));
  const answer: StatisticsAnswer = { collection, statistics: Object.fromEntries(asked) };
  return `${JSON.stringify(answer)}\n`;
}
