// What the outputs see of the collector: the latest result, and whether it may still be shown.

import type { Samples } from '../metrics/samples.ts';

/**
 * `pending`: no collection has succeeded since the start. `stale`: the last one is too old to be shown (three intervals,
 * at least 60 s), or the one made for this request did not return in time.
 */
export type Answer =
  | { readonly state: 'fresh'; readonly samples: Samples }
  | { readonly state: 'stale' }
  | { readonly state: 'pending' };

export interface Collector {
  /** The latest result as it stands. Never waits. */
  latest(): Answer;
  /**
   * The result for a scrape or push. Between collections it is the latest; before the first one it waits for it, and with
   * interval 0 it collects (overlapping calls share one collection): both at most `timeoutMs`, or the collection's own deadline if that is shorter.
   */
  answer(timeoutMs?: number): Promise<Answer>;
}
