// How many endpoints there are, by state.

import { TCP_STATES } from '../model/states.ts';
import type { EndpointBlock } from './blocks.ts';
import type { Counts } from './endpoint.ts';
import { forEachOpen } from './open-endpoints.ts';

/** What is counted for itself: the columns of a row of counters. */
export const COUNTED = [...TCP_STATES, 'udp'] as const;
const UDP_COLUMN = COUNTED.indexOf('udp');

/** The column that an endpoint is counted in. */
export function columnOf(block: EndpointBlock, row: number): number {
  return block.protocol === 'tcp' ? (block.table.state[row] as number) : UDP_COLUMN;
}

/**
 * Those of the blocks, or of `numbers` alone; what is closed is not counted. What there is none of is not there, nor is
 * what could not be read: it has no block.
 */
export function countEndpoints(blocks: readonly EndpointBlock[], numbers?: Uint32Array): Counts {
  const counters = new Int32Array(COUNTED.length);
  forEachOpen(blocks, numbers, (block, row) => {
    (counters[columnOf(block, row)] as number)++;
  });
  return countsOf(counters, 0);
}

/** The row of counters that begins at `offset`, without what there is none of. */
export function countsOf(counters: Int32Array, offset: number): Counts {
  const counts: { -readonly [Column in keyof Counts]: Counts[Column] } = {};
  for (let column = 0; column < COUNTED.length; column++) {
    const count = counters[offset + column] as number;
    if (count > 0) counts[COUNTED[column] as (typeof COUNTED)[number]] = count;
  }
  return counts;
}
