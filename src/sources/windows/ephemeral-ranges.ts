// The ephemeral (dynamic) port ranges, as documented for Windows Vista and later: what is assumed while WMI has not told them.

import type { EphemeralRange } from '../../model/ephemeral.ts';
import { ADDRESS_FAMILIES, PROTOCOLS } from '../../model/sockets.ts';

/** "The default dynamic port range for TCP/IP has changed" (Windows Server troubleshooting documentation). */
const DEFAULT_RANGE = { first: 49_152, last: 65_535 };

/** The documented default, for each protocol and family. */
export function defaultEphemeralRanges(): EphemeralRange[] {
  return PROTOCOLS.flatMap((protocol) =>
    ADDRESS_FAMILIES.map((family) => ({
      protocol,
      family,
      ...DEFAULT_RANGE,
      source: 'default' as const,
      reserved: [],
    })),
  );
}
