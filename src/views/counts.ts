// How many endpoints there are, by state.

import type { EndpointBlock } from './blocks.ts';
import type { Counts } from './endpoint.ts';

export function countEndpoints(blocks: readonly EndpointBlock[], numbers?: Uint32Array): Counts {
  throw new Error(`not yet ${blocks.length} ${numbers?.length}`);
}
