// The ephemeral ranges that aggregation goes by: the host's, or those that the user gave in their place.

import type { EphemeralRange } from '../model/ephemeral.ts';
import type { Snapshot } from '../model/snapshot.ts';
import { ADDRESS_FAMILIES, type AddressFamily, PROTOCOLS, type Protocol } from '../model/sockets.ts';
import { isInRanges } from './ports.ts';
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

/** Tells of a port whether the OS takes ephemeral ports from there. Without known ranges every port might be one. */
export type IsEphemeral = (port: number) => boolean;

export function ephemeralPorts(snapshot: Snapshot, protocol: Protocol, family: AddressFamily): IsEphemeral {
  const ranges = snapshot.ephemeralRanges?.filter((range) => range.protocol === protocol && range.family === family);
  if (ranges === undefined) return () => true;
  const reserved = ranges.flatMap((range) => range.reserved);
  return (port) => isInRanges(port, ranges) && !isInRanges(port, reserved);
}
