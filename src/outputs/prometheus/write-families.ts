// Writes metric families as Prometheus text 0.0.4 or OpenMetrics 1.0.0.

import { type Format, metadataOf } from './formats.ts';
import { canonicalFloat, numberText } from './numbers.ts';
import type { TextFamily } from './text-family.ts';

/**
 * The lines of all families, each family in one piece, without the end that OpenMetrics wants (TEXT_ENDS).
 * A family without samples is left out. Throws when two families have one name: neither format can say that.
 * Formats: "Exposition formats" of the Prometheus documentation, and the OpenMetrics 1.0.0 specification.
 */
export function writeFamilies(families: readonly TextFamily[], format: Format): string {
  const names = new Set<string>();
  let text = '';
  for (const family of families) {
    if (family.values.length === 0) continue;
    const { name, type, unit } = metadataOf(family, format);
    if (names.has(name)) throw new Error(`Two metric families are named ${name}: one of them must have another name.`);
    names.add(name);
    text += `# HELP ${name} ${escapeHelp(family.help, format)}\n# TYPE ${name} ${type}\n`;
    if (unit !== '') text += `# UNIT ${name} ${unit}\n`;
    text += sampleLines(family, format);
  }
  return text;
}

function sampleLines(family: TextFamily, format: Format): string {
  const { name, labels, labelValues, values, suffixes } = family;
  const openings = labels.map((label) => `${label}="`);
  const canonicalLabel = format === 'openmetrics' ? CANONICAL_LABELS[family.kind] : undefined;
  const canonicalColumn = canonicalLabel === undefined ? -1 : labels.indexOf(canonicalLabel);
  let lines = '';
  let cell = 0;
  for (let sample = 0; sample < values.length; sample += 1) {
    lines += suffixes === undefined ? name : name + (suffixes[sample] ?? '');
    let separator = '{';
    for (let column = 0; column < openings.length; column += 1) {
      const value = labelValues[cell++] ?? '';
      if (value === '') continue;
      lines += `${separator}${openings[column]}${column === canonicalColumn ? canonical(value) : escapeLabel(value)}"`;
      separator = ',';
    }
    lines += `${separator === ',' ? '} ' : ' '}${numberText(values[sample] ?? Number.NaN)}\n`;
  }
  return lines;
}

/** The labels that hold a number, which OpenMetrics wants spelled in one way only. */
const CANONICAL_LABELS: Readonly<Partial<Record<TextFamily['kind'], string>>> = {
  histogram: 'le',
  summary: 'quantile',
};

function canonical(label: string): string {
  const value = Number(label);
  return Number.isNaN(value) ? escapeLabel(label) : canonicalFloat(value);
}

const LABEL_SPECIAL = /[\\"\n]/;

function escapeLabel(value: string): string {
  return LABEL_SPECIAL.test(value) ? escapeSpecial(value) : value;
}

/** Text 0.0.4 leaves the quotes in a help text alone; OpenMetrics escapes them. */
function escapeHelp(help: string, format: Format): string {
  return format === 'openmetrics' ? escapeSpecial(help) : help.replaceAll('\\', '\\\\').replaceAll('\n', '\\n');
}

function escapeSpecial(value: string): string {
  return value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
}
