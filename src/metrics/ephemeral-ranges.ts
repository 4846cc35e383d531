// The ephemeral ranges that aggregation goes by: the host's, or those that the user gave in their place.

import type { EphemeralRange } from '../model/ephemeral.ts';
import type { Snapshot } from '../model/snapshot.ts';
import { ADDRESS_FAMILIES, type AddressFamily, PROTOCOLS, type Protocol } from '../model/sockets.ts';
import { portSet } from './ports.ts';
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

/** One byte a port: 1 where the OS takes ephemeral ports from. Without known ranges every port might be one. */
export function ephemeralPorts(snapshot: Snapshot, protocol: Protocol, family: AddressFamily): Uint8Array {
  const ranges = snapshot.ephemeralRanges;
  if (ranges === undefined) return portSet([{ first: 0, last: 65_535 }]);
  const own = ranges.filter((range) => range.protocol === protocol && range.family === family);
  return portSet(
    own,
    own.flatMap((range) => range.reserved),
  );
}
