// Whether a metric may be shown: only if everything that it sums over was read.

import type { Part, Snapshot } from '../model/snapshot.ts';
import type { AddressFamily, Protocol } from '../model/sockets.ts';
import { definitionOf, type HostMetricName } from './catalogue.ts';

/** Every host has these: where there is no report of them, nobody asked. */
const NEVER_ABSENT: readonly Part[] = ['processes', 'ephemeral_range'];

/** Whose series are asked about; a metric without such labels has all in one. */
interface Own {
  readonly protocol?: Protocol;
  readonly family?: AddressFamily;
}

/** True when each part that the metric needs was read, of those that the host has; with `own`, that those series need. */
export function isComplete(name: HostMetricName, snapshot: Snapshot, own: Own = {}): boolean {
  const isAbsent = (part: Part): boolean => snapshot.parts[part] === undefined && !NEVER_ABSENT.includes(part);
  const needs = definitionOf(name).needs.filter((part) => concerns(part, own));
  return needs.every((part) => hasData(snapshot, part) || isAbsent(part));
}

/** False for a part of another protocol or family. */
function concerns(part: Part, { protocol, family }: Own): boolean {
  const [, partProtocol, partFamily] = /^(tcp|udp)(4|6)?/.exec(part) ?? [];
  const isOther = (mine: string | undefined, its: string | undefined): boolean =>
    mine !== undefined && its !== undefined && mine !== its;
  return !isOther(protocol, partProtocol) && !isOther(family?.at(-1), partFamily);
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
