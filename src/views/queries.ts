// The questions to Prometheus in whose answers an endpoint is counted.

import type { Samples } from '../metrics/samples.ts';
import type { AggregationSettings } from '../metrics/settings.ts';
import type { Snapshot } from '../model/snapshot.ts';
import type { EndpointBlock } from './blocks.ts';
import type { MetricQuery } from './endpoint.ts';

/** Of one collection: `samples` are what `settings` made of `snapshot`. Keep it as long as the collection: it indexes the samples. */
export class QueryWriter {
  constructor(settings: AggregationSettings, samples: Samples, snapshot: Snapshot) {
    if (settings.processLimit < 0 && samples.timestampMs < snapshot.timestampMs) throw new Error('not yet');
  }

  queriesFor(blocks: readonly EndpointBlock[], number: number): readonly MetricQuery[] {
    throw new Error(`not yet ${blocks.length} ${number}`);
  }
}
