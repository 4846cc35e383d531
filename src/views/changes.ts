// What happened to endpoints between two collections: new, changed and closed ones.

import type { Snapshot } from '../model/snapshot.ts';
import type { EndpointBlock } from './blocks.ts';

export function withChanges(now: Snapshot, before: Snapshot): readonly EndpointBlock[] {
  throw new Error(`not yet ${now.os} ${before.os}`);
}
