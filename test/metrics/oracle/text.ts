// Samples, and what the oracle expects of them, as the same lines of text.
import { definitionOf } from '../../../src/metrics/catalogue.ts';
import type { Samples } from '../../../src/metrics/samples.ts';
import type { Expected } from './oracle.ts';
import type { Sample } from './samples.ts';

/** A line for each sample, and for each number of folded groups; sorted, since the order of samples has no meaning. */
export function linesOfSamples(samples: Samples): readonly string[] {
  return linesOf(toSamples(samples), samples.foldedGroups);
}

export function linesOfExpected({ samples, foldedGroups }: Expected): readonly string[] {
  return linesOf(samples, foldedGroups);
}

export function toSamples({ families }: Samples): readonly Sample[] {
  return families.flatMap(({ name, labelValues, values }) => {
    const { labels } = definitionOf(name);
    return values.map((value, index) => {
      const texts = labels.map((label, i) => [label, labelValues[index * labels.length + i] ?? ''] as const);
      return { name, labels: Object.fromEntries(texts.filter(([, text]) => text !== '')), value };
    });
  });
}

function linesOf(samples: readonly Sample[], foldedGroups: Samples['foldedGroups']): readonly string[] {
  const folded = Object.entries(foldedGroups).map(([group, count]) => `folded ${group} ${count}`);
  return [...samples.map(lineOf), ...folded].toSorted();
}

/** The labels by their names, whatever order they were given in. */
function lineOf({ name, labels, value }: Sample): string {
  const texts = Object.entries(labels).map(([label, text]) => `${label}=${JSON.stringify(text)}`);
  return `${name}{${texts.toSorted().join(',')}} ${value}`;
}
