// Aggregation: a snapshot in, samples out. Pure.

import type { Snapshot } from '../model/snapshot.ts';
import type { Group } from './catalogue.ts';
import { addConnections } from './connections.ts';
import { EndpointCounter } from './endpoint-counts.ts';
import { withConfiguredRange } from './ephemeral-ranges.ts';
import { addPorts } from './port-groups.ts';
import { addProcesses } from './process-groups.ts';
import { FamilyBuilder, type FoldedGroup, type Samples } from './samples.ts';
import type { AggregationSettings } from './settings.ts';
import { addStatistics } from './statistics.ts';

/**
 * What a snapshot yields for the outputs. Time and memory grow with the rows, and with nothing else that is not limited.
 * `counter` is the memory to count in: who aggregates again and again keeps one.
 */
export function aggregate(
  snapshotOfHost: Snapshot,
  settings: AggregationSettings,
  counter: EndpointCounter = new EndpointCounter(),
): Samples {
  const snapshot = withConfiguredRange(snapshotOfHost, settings);
  const families = new FamilyBuilder();
  const foldedGroups: Partial<Record<FoldedGroup, number>> = {};
  const wants = (group: Group): boolean => settings.groups.has(group);

  if (wants('statistics')) addStatistics(snapshot, families);
  if (wants('connections') || wants('process') || wants('port')) {
    const counts = counter.count(snapshot, settings);
    if (wants('connections')) addConnections(snapshot, counts, families);
    if (wants('process')) foldedGroups.process = addProcesses(snapshot, counts, settings, families);
    if (wants('port')) foldedGroups.port = addPorts(snapshot, counts, settings, families);
  }
  const { timestampMs, bootTimeMs, parts } = snapshot;
  return { timestampMs, bootTimeMs, parts, foldedGroups, families: families.build() };
}
