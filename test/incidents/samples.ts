// What the tests of incidents ask of a text of metrics, beside single values.
import { type ReadSample, readText } from '../support/exposition.ts';

/** The samples of that name with these labels and perhaps others. */
export function samplesOf(
  text: string,
  name: string,
  labels: Readonly<Record<string, string>> = {},
): readonly ReadSample[] {
  const wanted = Object.entries(labels);
  return readText(text).samples.filter(
    (sample) => sample.name === name && wanted.every(([label, value]) => sample.labels[label] === value),
  );
}

/** The different values that a label has in all samples of a process, of whatever name. */
export function valuesOfLabel(text: string, process: string, label: string): readonly (string | undefined)[] {
  const samples = readText(text).samples.filter(({ labels }) => labels['process'] === process);
  return [...new Set(samples.map(({ labels }) => labels[label]))];
}
