// What a collection yields, as families for the writer.

import { definitionOf, type Group, prometheusKind } from '../../metrics/catalogue.ts';
import type { Samples } from '../../metrics/samples.ts';
import type { TextFamily } from './text-family.ts';

/** The families of `samples` that belong to one of `groups`. */
export function samplesFamilies(samples: Samples, groups: ReadonlySet<Group>): readonly TextFamily[] {
  return samples.families
    .filter(({ name }) => groups.has(definitionOf(name).group))
    .map((family) => {
      const { help, kind, unit, labels } = definitionOf(family.name);
      return { ...family, help, kind: prometheusKind(kind), unit, labels };
    });
}
