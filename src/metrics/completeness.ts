// Whether a metric may be shown: only if everything that it sums over was read.

import type { Part, Snapshot } from '../model/snapshot.ts';
import { definitionOf, type HostMetricName } from './catalogue.ts';

/** Every host has these: where there is no report of them, nobody asked. */
const NEVER_ABSENT: readonly Part[] = ['processes', 'ephemeral_range'];

/** True when each part that the metric needs was read, of those that the host has. */
export function isComplete(name: HostMetricName, snapshot: Snapshot): boolean {
  const isAbsent = (part: Part): boolean => snapshot.parts[part] === undefined && !NEVER_ABSENT.includes(part);
  return definitionOf(name).needs.every((part) => hasData(snapshot, part) || isAbsent(part));
}

function hasData(snapshot: Snapshot, part: Part): boolean {
  const { tables, statistics } = snapshot;
  switch (part) {
    case 'tcp4':
    case 'tcp6':
    case 'udp4':
    case 'udp6':
      return tables[part] !== undefined;
    case 'tcp4_statistics':
      return statistics.tcp4 !== undefined;
    case 'tcp6_statistics':
      return statistics.tcp6 !== undefined;
    case 'tcp_statistics':
      return statistics.tcp !== undefined;
    case 'udp4_statistics':
      return statistics.udp4 !== undefined;
    case 'udp6_statistics':
      return statistics.udp6 !== undefined;
    case 'processes':
      return snapshot.processes !== undefined;
    case 'ephemeral_range':
      return snapshot.ephemeralRanges !== undefined;
    case 'services':
    case 'tcp_bound':
      return snapshot.parts[part]?.error === undefined;
  }
}
