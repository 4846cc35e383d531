// Endpoints counted together: by process, port, state or destination.

import type { EndpointBlock } from './blocks.ts';
import type { EndpointGroup, Grouping } from './endpoint.ts';
import type { ProcessTexts } from './process-texts.ts';

export function groupEndpoints(
  blocks: readonly EndpointBlock[],
  numbers: Uint32Array,
  by: Grouping,
  texts: ProcessTexts,
): readonly EndpointGroup[] {
  throw new Error(`not yet ${blocks.length} ${numbers.length} ${by} ${texts}`);
}
