// The host's own counts: TCP endpoints by family and state, UDP endpoints by family.

import type { Snapshot } from '../model/snapshot.ts';
import { ADDRESS_FAMILIES } from '../model/sockets.ts';
import { TCP_STATES } from '../model/states.ts';
import type { EndpointCounts } from './counting/endpoint-counts.ts';
import type { FamilyBuilder } from './samples.ts';

/** Every state has a sample, at 0 too; `bound` only where the host tells it. */
export function addConnections(snapshot: Snapshot, counts: EndpointCounts, families: FamilyBuilder): void {
  for (const family of ADDRESS_FAMILIES) {
    const states = counts.states[family];
    if (states === undefined) continue;
    for (const [code, state] of TCP_STATES.entries()) {
      if (state === 'bound' && !snapshot.hasBound) continue;
      families.add('netstat_tcp_connections', { family, state }, states[code] ?? 0);
    }
  }
  const { udp4, udp6 } = snapshot.tables;
  if (udp4 !== undefined) families.add('netstat_udp_endpoints', { family: 'ipv4' }, udp4.length);
  if (udp6 !== undefined) families.add('netstat_udp_endpoints', { family: 'ipv6' }, udp6.length);
}
