// What the user may choose about aggregation.

import type { PortRange } from '../model/ephemeral.ts';
import type { Group } from './catalogue.ts';

/** Adds a piece of the command line to the names of an image's processes: `java[kafka.Kafka]`. */
export interface NameRule {
  /** By imageKey. */
  readonly image: string;
  /** Searched for in the command line; its first group is added. */
  readonly pattern: RegExp;
}

/** Crosses to the collection worker as it is: only what the structured clone algorithm knows. */
export interface AggregationSettings {
  /** The groups of metrics that are wanted. */
  readonly groups: ReadonlySet<Group>;
  /** Only processes whose name, as the label says it, matches `include` and not `exclude` have series of their own. */
  readonly processInclude: RegExp;
  readonly processExclude: RegExp | undefined;
  /** The first one that matches counts. */
  readonly nameRules: readonly NameRule[];
  /** The most groups of processes that have series of their own. */
  readonly processLimit: number;
  /** Whether the process id is part of a group's identity. */
  readonly pidLabel: boolean;
  /** Ports that have series of their own whatever they are used for; never folded. */
  readonly portInclude: readonly PortRange[];
  /** The most ports, of TCP and of UDP each, that have series of their own. */
  readonly portLimit: number;
  /** The most listeners that have a series. */
  readonly listenerLimit: number;
  /** The most destinations that have series of their own. */
  readonly destinationLimit: number;
  /** Overrides the ranges that the host tells, for both protocols and families. */
  readonly ephemeralRange: PortRange | undefined;
}
