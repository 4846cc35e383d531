// How many endpoints there were in the latest collections.

import type { Snapshot } from '../model/snapshot.ts';
import type { SummaryAnswer } from './endpoint.ts';

export const MAX_COLLECTIONS = 120;

export class CountHistory {
  /** Adds a collection, the latest one so far. */
  add(snapshot: Snapshot): void {
    throw new Error(`not yet ${snapshot}`);
  }

  read(): SummaryAnswer['history'] {
    throw new Error('not yet');
  }
}
