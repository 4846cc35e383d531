// A metric family as the writer takes it: columns in place of an object for each sample.

import type { PrometheusKind } from '../../metrics/catalogue.ts';

export interface TextFamily {
  /** The name of its samples in text 0.0.4: counters end in `_total`, infos in `_info`. */
  readonly name: string;
  readonly help: string;
  readonly kind: PrometheusKind | 'histogram' | 'summary';
  /** UCUM; empty for none, or where it is not known. */
  readonly unit: string;
  readonly labels: readonly string[];
  /** In the order of `labels`, sample after sample: `labels.length` for each value. An empty value is no label. */
  readonly labelValues: readonly string[];
  readonly values: readonly number[];
  /** Of histograms and summaries, one for each value: what follows the family's name, such as `_bucket`. */
  readonly suffixes?: readonly string[];
}
