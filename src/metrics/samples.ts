// Samples: what one collection yields for the outputs, in a form that crosses from the worker at little cost.

import type { Part, PartReport } from '../model/snapshot.ts';
import { definitionOf, type Group, HOST_METRIC_NAMES, type HostMetricName, type Labels } from './catalogue.ts';

/** All samples of one metric. */
export interface Family {
  readonly name: HostMetricName;
  /** Label values, in the order of the catalogue, sample after sample: `labels.length` for each value. */
  readonly labelValues: readonly string[];
  readonly values: readonly number[];
}

/** What can be limited, and so folded. */
export type FoldedGroup = Extract<Group, 'process' | 'port' | 'listener' | 'destination'>;

/** Immutable once made. A metric without samples has no family here. */
export interface Samples {
  /** When the reading of the snapshot began, in milliseconds of Unix time. */
  readonly timestampMs: number;
  /** When the host's counters began, in milliseconds of Unix time. */
  readonly bootTimeMs: number;
  readonly parts: Readonly<Partial<Record<Part, PartReport>>>;
  readonly foldedGroups: Readonly<Partial<Record<FoldedGroup, number>>>;
  readonly families: readonly Family[];
}

/** Gathers samples by metric; the families come in the order of the catalogue. */
export class FamilyBuilder {
  readonly #families = new Map<HostMetricName, { labelValues: string[]; values: number[] }>();

  add<Name extends HostMetricName>(name: Name, labels: Labels<Name>, value: number): void {
    let family = this.#families.get(name);
    if (family === undefined) {
      family = { labelValues: [], values: [] };
      this.#families.set(name, family);
    }
    const byName: Readonly<Record<string, string>> = labels;
    for (const label of definitionOf(name).labels) family.labelValues.push(byName[label] ?? '');
    family.values.push(value);
  }

  build(): readonly Family[] {
    return HOST_METRIC_NAMES.flatMap((name) => {
      const family = this.#families.get(name);
      return family === undefined ? [] : [{ name, ...family }];
    });
  }
}
