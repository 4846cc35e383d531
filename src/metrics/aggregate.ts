// Aggregation: a snapshot in, samples out. Pure but for what one collection has to know of those before.

import type { Snapshot } from '../model/snapshot.ts';
import type { Group } from './catalogue.ts';
import { isComplete } from './completeness.ts';
import { addConnections } from './connections.ts';
import { EndpointCounter, type EndpointCounts } from './counting/endpoint-counts.ts';
import { EphemeralPorts } from './counting/ephemeral-ports.ts';
import { withConfiguredRange } from './ephemeral-ranges.ts';
import { CloseWaitAges } from './groups/close-wait-ages.ts';
import { Destinations } from './groups/destinations.ts';
import { EphemeralUse } from './groups/ephemeral-use.ts';
import { Listeners } from './groups/listeners.ts';
import { Owners } from './groups/owners.ts';
import { PortGroups } from './groups/port-groups.ts';
import { addCloseWaitAges, addProcesses } from './groups/process-groups.ts';
import { FamilyBuilder, type FoldedGroup, type Samples } from './samples.ts';
import type { AggregationSettings } from './settings.ts';
import { addStatistics } from './statistics.ts';

const PROCESS_COUNTS = ['netstat_process_tcp_connections', 'netstat_process_udp_endpoints'] as const;

/**
 * Aggregates the snapshots of one host, one after another. What it remembers in between is bounded: the groups that were
 * shown, and since when each connection is in close_wait. Its tables are used again: fresh memory would cost a third of
 * the time.
 */
export class Aggregator {
  readonly #settings: AggregationSettings;
  readonly #counter = new EndpointCounter();
  readonly #ephemeral = new EphemeralPorts();
  readonly #ephemeralUse = new EphemeralUse();
  readonly #closeWaitAges = new CloseWaitAges();
  readonly #owners: Owners;
  readonly #ports: PortGroups;
  readonly #listeners: Listeners;
  readonly #destinations: Destinations;

  constructor(settings: AggregationSettings) {
    this.#settings = settings;
    this.#owners = new Owners(settings);
    this.#ports = new PortGroups(settings);
    this.#listeners = new Listeners(settings.listenerLimit);
    this.#destinations = new Destinations(settings.destinationLimit);
  }

  /**
   * What a snapshot yields for the outputs. Time and memory grow with the rows, and with nothing else that is not
   * limited. `readAtMs` is when reading began, by a clock that nobody sets (performance.now): ages count by it.
   */
  aggregate(snapshotOfHost: Snapshot, readAtMs: number): Samples {
    const snapshot = withConfiguredRange(snapshotOfHost, this.#settings);
    const families = new FamilyBuilder();
    const folded: FoldedCounts = {};
    if (this.#wants('statistics')) addStatistics(snapshot, families);
    if (this.#wants('connections', 'process', 'port', 'listener', 'ephemeral', 'destination')) {
      this.#ephemeral.set(snapshot.ephemeralRanges);
      const counts = this.#counter.count(snapshot, this.#ephemeral, this.#settings.portInclude);
      if (this.#wants('connections')) addConnections(snapshot, counts, families);
      if (this.#wants('port')) folded.port = this.#ports.add(snapshot, counts, families);
      const owners = this.#addOwned(snapshot, counts, readAtMs, folded, families);
      if (this.#wants('ephemeral')) this.#ephemeralUse.add(snapshot, owners, this.#ephemeral, families);
    }
    const { timestampMs, bootTimeMs, parts } = snapshot;
    return { timestampMs, bootTimeMs, parts, foldedGroups: known(folded), families: families.build() };
  }

  /** Adds what needs the processes, and returns their groups; undefined where they were not read. */
  #addOwned(
    snapshot: Snapshot,
    counts: EndpointCounts,
    readAtMs: number,
    folded: FoldedCounts,
    families: FamilyBuilder,
  ): Owners | undefined {
    if (this.#wants('process')) this.#closeWaitAges.update(snapshot, readAtMs);
    if (snapshot.processes === undefined) return undefined;
    const owners = this.#owners;
    const foldedCount = owners.update(counts.pids, snapshot.processes, hasAllTables(snapshot));
    if (this.#wants('process', 'ephemeral') && hasAnyTables(snapshot)) folded.process = foldedCount;
    if (this.#wants('process')) {
      addProcesses(snapshot, owners, families);
      addCloseWaitAges(snapshot, owners, this.#closeWaitAges, readAtMs, families);
    }
    if (this.#wants('listener')) {
      folded.listener = this.#listeners.add(snapshot, owners, this.#ephemeral, families);
    }
    if (this.#wants('destination')) {
      folded.destination = this.#destinations.add(snapshot, owners, families);
    }
    return owners;
  }

  #wants(...groups: readonly Group[]): boolean {
    return groups.some((group) => this.#settings.groups.has(group));
  }
}

/** One collection of its own. */
export function aggregate(snapshot: Snapshot, settings: AggregationSettings): Samples {
  return new Aggregator(settings).aggregate(snapshot, 0);
}

/** By group; undefined where it could not be told. */
type FoldedCounts = Partial<Record<FoldedGroup, number | undefined>>;

function known(folded: FoldedCounts): Samples['foldedGroups'] {
  return Object.fromEntries(Object.entries(folded).filter(([, count]) => count !== undefined));
}

/** Whether all tables of TCP were read, and all of UDP. */
function hasAllTables(snapshot: Snapshot): boolean {
  return PROCESS_COUNTS.every((name) => isComplete(name, snapshot));
}

/** Whether all of one of the two were. */
function hasAnyTables(snapshot: Snapshot): boolean {
  return PROCESS_COUNTS.some((name) => isComplete(name, snapshot));
}
