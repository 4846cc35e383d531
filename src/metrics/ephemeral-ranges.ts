// The ephemeral ranges that aggregation goes by: the host's, or those that the user gave in their place.

import type { EphemeralRange } from '../model/ephemeral.ts';
import type { Snapshot } from '../model/snapshot.ts';
import { ADDRESS_FAMILIES, PROTOCOLS } from '../model/sockets.ts';
import type { AggregationSettings } from './settings.ts';

/** The snapshot with the configured range, if there is one, for both protocols and families. */
export function withConfiguredRange(snapshot: Snapshot, settings: AggregationSettings): Snapshot {
  const range = settings.ephemeralRange;
  if (range === undefined) return snapshot;
  const ephemeralRanges = PROTOCOLS.flatMap((protocol) =>
    ADDRESS_FAMILIES.map((family): EphemeralRange => ({ ...range, protocol, family, source: 'config', reserved: [] })),
  );
  return { ...snapshot, ephemeralRanges };
}
