// The statistics parts: which file of the network's directory each is read from.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Snapshot } from '../../model/snapshot.ts';
import type { PartReader } from '../parts.ts';
import { isMissing } from './files.ts';
import { parseTcpStatistics, parseUdp6Statistics, parseUdpStatistics } from './mib-counters.ts';

/** Linux keeps one set of TCP counters for both families. udp6 is absent where the host does not have IPv6. */
export function readStatistics(parts: PartReader, networkDirectory: string): Snapshot['statistics'] {
  const snmp = join(networkDirectory, 'snmp');
  const snmp6 = join(networkDirectory, 'snmp6');
  const tcp = parts.read('tcp_statistics', () => parseTcpStatistics(snmp, readFileSync(snmp, 'utf8')));
  const udp4 = parts.read('udp4_statistics', () => parseUdpStatistics(snmp, readFileSync(snmp, 'utf8')));
  const udp6 = isMissing(snmp6)
    ? undefined
    : parts.read('udp6_statistics', () => parseUdp6Statistics(snmp6, readFileSync(snmp6, 'utf8')));
  return { ...(tcp && { tcp }), ...(udp4 && { udp4 }), ...(udp6 && { udp6 }) };
}
