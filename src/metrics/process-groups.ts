// Endpoints by owning process: processes of one name and services are one group.

import type { Processes } from '../model/processes.ts';
import type { Snapshot } from '../model/snapshot.ts';
import { NO_PID } from '../model/sockets.ts';
import { TCP_STATE_CODE } from '../model/states.ts';
import { isComplete } from './completeness.ts';
import { addCounters, type Counters } from './counters.ts';
import type { EndpointCounts } from './endpoint-counts.ts';
import { type Candidate, fold, NONE, OTHER, UNKNOWN } from './fold.ts';
import { cleanName, servicesLabel } from './names.ts';
import { UDP_COLUMN, UDP_LISTENER_COLUMN } from './pid-counts.ts';
import type { FamilyBuilder } from './samples.ts';
import type { AggregationSettings } from './settings.ts';
import { forEachShownState, tcpTotal } from './shown-states.ts';

interface Identity {
  readonly process: string;
  readonly services: string;
  /** Empty unless asked for. */
  readonly pid: string;
}

interface ProcessGroup {
  readonly identity: Identity;
  /** A row of PidCounts. */
  readonly counters: Counters;
}

/** Adds the process metrics, those that can be complete; tells how many groups the limit folded. */
export function addProcesses(
  snapshot: Snapshot,
  counts: EndpointCounts,
  settings: AggregationSettings,
  families: FamilyBuilder,
): number {
  const { processes } = snapshot;
  if (processes === undefined) return 0;
  const withTcp = isComplete('netstat_process_tcp_connections', snapshot);
  const withUdp = isComplete('netstat_process_udp_endpoints', snapshot);

  const { shown, foldedCount } = foldGroups(groupByIdentity(counts, processes, settings), settings.processLimit);
  for (const { identity, counters } of shown) {
    if (withTcp && tcpTotal(counters) > 0) {
      forEachShownState(counters, (state, count) => {
        families.add('netstat_process_tcp_connections', { ...identity, state }, count);
      });
    }
    const udpEndpoints = counters[UDP_COLUMN] ?? 0;
    if (withUdp && udpEndpoints > 0) families.add('netstat_process_udp_endpoints', identity, udpEndpoints);
  }
  return foldedCount;
}

/** The groups by their identity: a program that calls itself `_other` is counted there, and no sample comes twice. */
type Groups = Map<string, ProcessGroup>;

function groupByIdentity(counts: EndpointCounts, processes: Processes, settings: AggregationSettings): Groups {
  const groups: Groups = new Map();
  counts.pids.forEach((pid, counters) => {
    addToGroup(groups, identityOf(pid, processes, settings), counters);
  });
  return groups;
}

function identityOf(pid: number, processes: Processes, settings: AggregationSettings): Identity {
  if (pid === NO_PID) return reserved(NONE);
  const process = processes.get(pid);
  if (process === undefined) return reserved(UNKNOWN);
  const name = cleanName(process.name);
  if (!settings.processInclude.test(name) || settings.processExclude?.test(name) === true) return reserved(OTHER);
  return { process: name, services: servicesLabel(process.services), pid: settings.pidLabel ? String(pid) : '' };
}

function reserved(process: string): Identity {
  return { process, services: '', pid: '' };
}

function keyOf({ process, services, pid }: Identity): string {
  return JSON.stringify([process, services, pid]);
}

function addToGroup(groups: Groups, identity: Identity, counters: Counters): void {
  const key = keyOf(identity);
  const group = groups.get(key);
  if (group === undefined) groups.set(key, { identity, counters: counters.slice() });
  else addCounters(group.counters, counters);
}

/** The groups to show, by name and the reserved ones last; what the limit hides is counted in `_other`. */
function foldGroups(groups: Groups, limit: number): { shown: readonly ProcessGroup[]; foldedCount: number } {
  const byName = [...groups].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, group]) => group);
  const named = byName.filter(({ identity }) => !isReserved(identity));
  // Sorting is stable: ties stay in the order of their names.
  const { shown, folded } = fold(named.map(candidateOf), limit);
  const reservedGroups: Groups = new Map(
    byName.filter(({ identity }) => isReserved(identity)).map((group) => [keyOf(group.identity), group]),
  );
  for (const { group } of folded) addToGroup(reservedGroups, reserved(OTHER), group.counters);
  const isShown = new Set(shown.map(({ group }) => group));
  return {
    shown: [...named.filter((group) => isShown.has(group)), ...reservedGroups.values()],
    foldedCount: folded.length,
  };
}

function isReserved({ process, services, pid }: Identity): boolean {
  return services === '' && pid === '' && [NONE, UNKNOWN, OTHER].includes(process);
}

function candidateOf(group: ProcessGroup): Candidate & { readonly group: ProcessGroup } {
  const { counters } = group;
  return {
    group,
    pinned: false,
    listens: (counters[TCP_STATE_CODE.listen] ?? 0) + (counters[UDP_LISTENER_COLUMN] ?? 0) > 0,
    endpoints: tcpTotal(counters) + (counters[UDP_COLUMN] ?? 0),
  };
}
