// The two text formats of Prometheus that this exporter writes, and what differs in a family's metadata.

import type { TextFamily } from './text-family.ts';

/** `text` is the text format 0.0.4, `openmetrics` is OpenMetrics 1.0.0. */
export const FORMATS = ['text', 'openmetrics'] as const;
export type Format = (typeof FORMATS)[number];

export const CONTENT_TYPES = {
  text: 'text/plain; version=0.0.4; charset=utf-8',
  openmetrics: 'application/openmetrics-text; version=1.0.0; charset=utf-8',
} as const satisfies Record<Format, string>;

/** What must stand at the very end of a text: OpenMetrics tells a whole answer from one that was cut off. */
export const TEXT_ENDS = { text: '', openmetrics: '# EOF\n' } as const satisfies Record<Format, string>;

export interface Metadata {
  /** The family's name, which in OpenMetrics is not always the name of its samples. */
  readonly name: string;
  readonly type: string;
  /** Empty for none. */
  readonly unit: string;
}

/** What `# TYPE` and `# UNIT` say of a family. */
export function metadataOf(family: TextFamily, format: Format): Metadata {
  return format === 'text' ? textMetadata(family) : openMetricsMetadata(family);
}

function textMetadata({ name, kind }: TextFamily): Metadata {
  return { name, type: kind === 'info' ? 'gauge' : kind, unit: '' };
}

/** The suffixes that OpenMetrics demands of the samples of a kind, and that its family's name does without. */
const SAMPLE_SUFFIXES: Readonly<Partial<Record<TextFamily['kind'], string>>> = { counter: '_total', info: '_info' };

function openMetricsMetadata(family: TextFamily): Metadata {
  const suffix = SAMPLE_SUFFIXES[family.kind] ?? '';
  // A name that OpenMetrics forbids for its kind is not changed: it would be another metric in each format.
  if (!family.name.endsWith(suffix)) return { name: family.name, type: 'unknown', unit: '' };
  const name = family.name.slice(0, family.name.length - suffix.length);
  const unit = family.unit === 's' && name.endsWith('_seconds') ? 'seconds' : '';
  return { name, type: family.kind, unit };
}
