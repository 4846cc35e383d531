// Which processes own endpoints.

import type { Snapshot } from '../../model/snapshot.ts';

/** Those of `pids` that own an endpoint in the tables that were read. */
export function endpointOwners(
  pids: ReadonlySet<number>,
  { tcp4, tcp6, udp4, udp6 }: Snapshot['tables'],
): ReadonlySet<number> {
  const owners = new Set<number>();
  if (pids.size === 0) return owners;
  for (const table of [tcp4, tcp6, udp4, udp6]) {
    for (let row = 0; row < (table?.length ?? 0); row++) {
      const pid = table?.pid[row] as number;
      if (pids.has(pid)) owners.add(pid);
    }
  }
  return owners;
}
